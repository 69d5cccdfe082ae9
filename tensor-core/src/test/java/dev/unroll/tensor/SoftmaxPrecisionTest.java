package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Log-softmax and cross-entropy of large logits: what counts is how far apart they are. */
class SoftmaxPrecisionTest {
  private static final Tensor G = Tensor.of(Shape.of(1), 1.0);

  /** Logits that are exact in the type, {@code [1, V]}. */
  private static Tensor row(DType type, double... x) {
    return Tensor.of(Shape.of(1, x.length), x).to(type);
  }

  /** Returns {@code x[i] - log sum exp x}: differences of the logits are exact here. */
  private static double[] exact(Tensor row) {
    double[] x = row.toDoubles();
    double max = Arrays.stream(x).max().orElseThrow();
    double log = Math.log(Arrays.stream(x).map(v -> Math.exp(v - max)).sum());
    return Arrays.stream(x).map(v -> (v - max) - log).toArray();
  }

  private static void check(Tensor row, double error) {
    double[] expected = exact(row);
    assertThat(Softmax.logSoftmax(row).toDoubles()).containsExactly(expected, within(error));
    for (int i = 0; i < expected.length; i += 1 + expected.length / 20) {
      Tensor target = Tensor.of(Shape.of(1), new int[] {i});
      Tensor loss = Softmax.crossEntropy(row, target);
      assertThat(loss.item()).isCloseTo(-expected[i], within(error));
      Softmax.Losses both = Softmax.losses(row, target, G.to(row.type()));
      assertThat(both.each().sameBits(loss)).isTrue();
      double[] gradient = both.gradient().toDoubles();
      for (int j = 0; j < gradient.length; j++) {
        double p = Math.exp(expected[j]);
        assertThat(gradient[j]).isCloseTo(p - (i == j ? 1 : 0), within(error));
      }
    }
  }

  @Test
  void threeEqualLogitsOfAHundredMillion() {
    Tensor row = row(DType.FLOAT32, 1e8, 1e8, 1e8);
    assertThat(Softmax.logSoftmax(row).toDoubles()).containsOnly((double) (float) -Math.log(3));
    check(row, 1e-7);
    check(row(DType.FLOAT32, -1e8, -1e8, -1e8), 1e-7);
    check(row(DType.FLOAT32, 1e38, 1e38, 1e38), 1e-7);
  }

  @Test
  void largeLogitsInDoublePrecision() {
    Tensor row = row(DType.FLOAT64, 1e16, 1e16, 1e16);
    assertThat(Softmax.logSoftmax(row).toDoubles()).containsOnly(-Math.log(3));
    check(row, 1e-15);
    check(row(DType.FLOAT64, 1e16, 1e16 + 2, 1e16 - 4), 4e-15);
    assertThat(Softmax.logSoftmax(row(DType.FLOAT64, 1e300, 1e300, -1e300)).toDoubles())
        .containsExactly(-Math.log(2), -Math.log(2), -2e300);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void aThousandLogitsAroundAMillion(DType type) {
    for (double center : new double[] {1e6, -1e6}) {
      // Multiples of 1/16 are exact in float32 up to 2^20.
      double[] x = new double[1000];
      Arrays.setAll(x, i -> center + Math.rint(16 * RandomKey.of(7).gaussian(i)) / 16);
      check(row(type, x), type == DType.FLOAT32 ? 2e-6 : 1e-13);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void infinitiesAndNan(DType type) {
    double none = Double.NEGATIVE_INFINITY;
    assertThat(Softmax.logSoftmax(row(type, none, 3, none)).toDoubles())
        .containsExactly(none, 0, none);
    assertThat(Softmax.softmax(row(type, none, 3, none)).toDoubles()).containsExactly(0, 1, 0);
    Tensor two = Tensor.of(Shape.of(1), new int[] {2});
    assertThat(Softmax.crossEntropy(row(type, none, 3, none), two).item())
        .isEqualTo(Double.POSITIVE_INFINITY);
    for (double bad : List.of(Double.NaN, Double.POSITIVE_INFINITY)) {
      assertThat(Softmax.logSoftmax(row(type, 1, bad, 2)).toDoubles()).contains(Double.NaN);
      assertThat(Softmax.crossEntropy(row(type, 1, bad, 2), two).item())
          .matches(v -> !Double.isFinite(v));
    }
    assertThat(Softmax.logSoftmax(row(type, none, none)).toDoubles()).containsOnly(Double.NaN);
    assertThat(Softmax.logSoftmax(Tensor.zeros(type, Shape.of(3, 0))).shape())
        .isEqualTo(Shape.of(3, 0));
  }
}
