package dev.unroll.autograd.op;

import dev.unroll.autograd.MultiOutputOp;
import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Scope;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Reduction;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Losses that have kernels of their own. */
public final class Losses {
  private Losses() {}

  /**
   * The cross-entropy of each row of logits {@code [N, V]} with a class id {@code [N]}, in nats.
   */
  public record CrossEntropy() implements Op {
    @Override
    public DType type(DType... in) {
      if (in[1] != DType.INT32) {
        throw new IllegalArgumentException("[crossEntropy] class ids must be int32, not " + in[1]);
      }
      return in[0];
    }

    @Override
    public Shape shape(Shape... in) {
      if (in[0].rank() != 2 || !in[1].equals(Shape.of(in[0].dim(0)))) {
        throw new IllegalArgumentException(
            "[crossEntropy] expected logits [N, V] and targets [N], got "
                + Shape.join(in[0], in[1]));
      }
      return in[1];
    }

    @Override
    public Tensor forward(Tensor... in) {
      return Softmax.crossEntropy(in[0], in[1]);
    }

    @Override
    public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return i == 0 ? Variable.apply(new CrossEntropyGradient(), in[0], in[1], g) : null;
    }
  }

  /**
   * {@code g (softmax(x) - onehot)}: logits {@code [N, V]}, class ids {@code [N]}, and {@code g
   * [N]}.
   */
  public record CrossEntropyGradient() implements Op {
    @Override
    public DType type(DType... in) {
      return in[0];
    }

    @Override
    public Shape shape(Shape... in) {
      if (in[0].rank() != 2 || !in[1].equals(Shape.of(in[0].dim(0)))) {
        throw new IllegalArgumentException(
            "[crossEntropy] expected logits [N, V] and targets [N], got "
                + Shape.join(in[0], in[1]));
      }
      if (!in[2].equals(in[1])) {
        throw new IllegalArgumentException(
            "[crossEntropy] expected a gradient for each row, got " + Shape.join(in));
      }
      return in[0];
    }

    @Override
    public Tensor forward(Tensor... in) {
      return Softmax.losses(in[0], in[1], in[2]).gradient();
    }

    @Override
    public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
      if (i == 1) {
        return null;
      }
      int n = in[1].shape().size();
      Shape column = Shape.of(n, 1);
      if (i == 2) {
        // The gradient is linear in g: computed with g = 1, and contracted.
        Variable one = Variable.of(Tensor.full(g.type(), Shape.of(n), 1));
        Variable d = Variable.apply(new CrossEntropyGradient(), in[0], in[1], one);
        return g.mul(d).sumTo(column).reshape(Shape.of(n));
      }
      // Ignored rows have a gradient of zero regardless of their logits, NaN included.
      Variable counts = Variable.of(in[1].value().to(g.type())).affine(1, 1);
      Variable zero = Variable.scalar(g.type(), 0);
      Variable weight = in[2].where(counts, zero).reshape(column);
      Variable p = in[0].where(counts.reshape(column), zero).softmax();
      Variable gp = g.mul(p);
      return gp.sub(p.mul(gp.sumTo(column))).mul(weight);
    }
  }

  /**
   * The weighted sum of the {@link CrossEntropy} of each row of logits. Since the gradient of a
   * loss is usually requested next, one pass over the logits computes both, and the gradient is
   * saved here.
   */
  public static final class TotalCrossEntropy implements MultiOutputOp {
    private final Tensor weights;
    private @Nullable Tensor kept;

    /** Creates the sum with a weight per row. */
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
      kept = null; // Its receiver owns it.
      if (gradient == null || Scope.current().records()) {
        return Arrays.asList(recorded(g, in), null);
      }
      Variable d = Variable.of(gradient);
      return Arrays.asList(g.value().item() == 1 ? d : d.mul(g), null);
    }

    /** Recomputes the gradient as an operation that can be differentiated. */
    private Variable recorded(Variable g, List<Variable> in) {
      Variable each = Variable.of(weights).mul(g);
      return Variable.apply(new CrossEntropyGradient(), in.get(0), in.get(1), each);
    }
  }
}
