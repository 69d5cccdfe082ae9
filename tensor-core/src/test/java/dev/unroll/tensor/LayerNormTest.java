package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Normalized rows in float32 beside the same rows in float64. */
class LayerNormTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 1e4, -1e8, 1e8, 3e8, 1e12})
  void aLargeMeanIsNotRounded(double mean) {
    double deviation = Math.max(1, Math.abs(mean) * 1e-6);
    for (int n : new int[] {2, 7, 33, 250}) {
      Tensor x = RandomKey.of(5).normal(DType.FLOAT32, Shape.of(4, n), mean, deviation);
      LayerNorm exact = LayerNorm.of(x.to(DType.FLOAT64), 1e-5);
      LayerNorm rounded = LayerNorm.of(x, 1e-5);
      close(rounded.output(), exact.output());
      close(rounded.mean(), exact.mean());
      close(rounded.inverseDeviation(), exact.inverseDeviation());
    }
  }

  private static void close(Tensor rounded, Tensor exact) {
    double[] a = rounded.toDoubles();
    double[] b = exact.toDoubles();
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).isCloseTo(b[i], within(2e-6 * Math.max(1, Math.abs(b[i]))));
    }
  }
}
