package dev.unroll.autograd.op;

import dev.unroll.autograd.Function;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Scope;
import dev.unroll.tensor.Reduction;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The weighted sum of the {@link CrossEntropy} of each row of logits. Whoever asks for a loss asks
 * for its gradient next: one pass over the logits gives both, and the gradient waits here.
 */
public final class TotalCrossEntropy implements Function {
  private final Tensor weights;
  private @Nullable Tensor kept;

  /** Makes the sum with a weight for each row. */
  public TotalCrossEntropy(Tensor weights) {
    this.weights = weights;
  }

  @Override
  public String name() {
    return "crossEntropy";
  }

  @Override
  public List<Tensor> forward(List<Tensor> in) {
    Softmax.Losses losses = Softmax.losses(in.get(0), in.get(1), weights);
    kept = losses.gradient();
    return List.of(Reduction.sum(losses.each().mul(weights)));
  }

  @Override
  public List<@Nullable Variable> gradient(List<@Nullable Variable> arrived, List<Variable> in) {
    Variable g = Objects.requireNonNull(arrived.getFirst()); // There is no other result.
    Tensor gradient = kept;
    kept = null; // It belongs to whom it is sent to.
    if (gradient == null || Scope.current().records()) {
      return Arrays.asList(anew(g, in), null);
    }
    Variable d = Variable.of(gradient);
    return Arrays.asList(g.value().item() == 1 ? d : d.mul(g), null);
  }

  /** As an operation, which can be differentiated. */
  private Variable anew(Variable g, List<Variable> in) {
    Variable each = Variable.of(weights).mul(g);
    return Variable.apply(new CrossEntropyGradient(), in.get(0), in.get(1), each);
  }
}
