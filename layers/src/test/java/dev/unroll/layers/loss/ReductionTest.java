package dev.unroll.layers.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Sums and multiples of losses. */
class ReductionTest {
  private static final Variable LOGITS =
      Variable.of(Tensor.of(Shape.of(3, 2), new float[] {1, 2, 0, 0, -1, 3}));
  private static final Tensor IDS = Tensor.of(Shape.of(3), new int[] {0, -1, 1});

  private static double of(Loss loss) {
    return loss.of(LOGITS, IDS).value().item();
  }

  @Test
  void aSumIsOverTheWeightsOfPredictedTargets() {
    CrossEntropy plain = Loss.crossEntropy();
    assertThat(of(plain.summed())).isCloseTo(2 * of(plain), within(1e-6));
    assertThat(plain.summed().weight(IDS)).isEqualTo(2);
    CrossEntropy weighted = plain.weighted(3, 0.5);
    assertThat(of(weighted.summed())).isCloseTo(3.5 * of(weighted), within(1e-5));
  }

  @Test
  void factorsMultiply() {
    Loss loss = Loss.crossEntropy().times(2).summed().times(10);
    assertThat(of(loss)).isCloseTo(40 * of(Loss.crossEntropy()), within(1e-4));
    assertThat(loss.mean()).isEqualTo(Loss.crossEntropy());
    assertThat(loss).hasToString(Loss.crossEntropy() + ".summed().times(20.0)");
    assertThat(loss.predicted(IDS)).isSameAs(IDS);
  }

  @Test
  void withoutATargetALossIsZero() {
    Tensor none = Tensor.of(Shape.of(3), new int[] {-1, -1, -1});
    assertThat(Loss.crossEntropy().summed().of(LOGITS, none).value().item()).isZero();
  }

  @Test
  void factorsThatAreNotPositiveAreRefused() {
    for (double factor : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Loss.mse().times(factor))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("[loss] expected a factor above 0 and finite, got " + factor);
    }
  }
}
