package snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.loss.CrossEntropy;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.loss.LossReduction;
import dev.unroll.layers.loss.Targets;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Examples in the Javadoc of {@code dev.unroll.layers.loss}. */
class LossTest {
  private final Linear model = Linear.of(2, 3, Init.seed(1));
  private final Variable x =
      Variable.of(Tensor.of(Shape.of(2, 2), new float[] {0.5f, -1, 2, 0.25f}));
  private final Tensor targets = Tensor.of(Shape.of(2), new int[] {2, -1});

  @Test
  void loss() {
    // @start region="Loss"
    Variable logits = model.apply(x); // [B, V]
    Variable loss = Loss.crossEntropy().of(logits, targets); // class ids [B]
    Map<Parameter, Gradient> gradients = Gradients.of(loss, model.parameters().values());
    // @end
    assertThat(loss.shape().rank()).isZero();
    assertThat(gradients).hasSize(2);
  }

  @Test
  void crossEntropy() {
    Variable logits = model.apply(x);
    // @start region="CrossEntropy"
    CrossEntropy crossEntropy =
        Loss.crossEntropy().weighted(1, 1, 5).smoothed(0.1); // a rare third class
    Variable loss = crossEntropy.of(logits, targets);
    // @end
    assertThat(loss.value().item()).isPositive();
    assertThat(crossEntropy.weight(targets)).isEqualTo(5);
  }

  @Test
  void reduction() {
    Variable logits = model.apply(x);
    // @start region="LossReduction"
    Loss summed = Loss.crossEntropy().summed(); // over all predicted targets
    Loss overSteps = Loss.crossEntropy().times(35); // summed over 35 steps, averaged over rows
    LossReduction form = overSteps.reduction(); // LossReduction[of=MEAN, factor=35.0]
    // @end
    double mean = Loss.crossEntropy().of(logits, targets).value().item();
    assertThat(summed.of(logits, targets).value().item())
        .isCloseTo(summed.weight(targets) * mean, within(1e-5));
    assertThat(form).hasToString("LossReduction[of=MEAN, factor=35.0]");
  }

  @Test
  void targets() {
    // @start region="Targets"
    Tensor ids = Tensor.of(Shape.of(2, 3), new int[] {4, 0, 2, 1, -1, -1}); // -1: no target
    long predicted = Targets.count(ids); // 4
    // @end
    assertThat(predicted).isEqualTo(4);
  }

  @Test
  void ownLoss() {
    Variable output = Variable.of(Tensor.of(Shape.of(2), 1.0, 3.0));
    Tensor expected = Tensor.of(Shape.of(2), 1.0, 1.0);
    // @start region="custom"
    Loss logCosh =
        (y, t) -> {
          Variable e = y.sub(Variable.of(t)).abs();
          Variable each = e.add(e.mul(-2).softplus()).affine(1, -Math.log(2));
          return each.sum().mul(1.0 / Targets.count(t));
        };
    // @end
    assertThat(logCosh.of(output, expected).value().item())
        .isCloseTo(Math.log(Math.cosh(2)) / 2, within(1e-9));
  }
}
