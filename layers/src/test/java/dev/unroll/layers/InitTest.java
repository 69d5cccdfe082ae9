package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Starting values have the spread that their papers ask for. */
class InitTest {
  private static final Init INIT = new Init(DType.FLOAT64, RandomKey.of(2));

  private static double deviation(Parameter p) {
    double[] x = p.value().toDoubles();
    return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum() / x.length);
  }

  private static double largest(Parameter p) {
    return Arrays.stream(p.value().toDoubles()).map(Math::abs).max().orElseThrow();
  }

  @Test
  void theSpreadIsThatOfThePaper() {
    Parameter he = INIT.he(50, 100, 3);
    assertThat(he.shape().dims()).containsExactly(50, 300);
    assertThat(deviation(he)).isCloseTo(Math.sqrt(2.0 / 50), within(0.01));
    Parameter uniform = INIT.uniform(0.3, 100, 100);
    assertThat(largest(uniform)).isBetween(0.29, 0.3);
    assertThat(deviation(uniform)).isCloseTo(0.3 / Math.sqrt(3), within(0.01));
    Parameter truncated = INIT.truncatedNormal(0.5, 100, 100);
    assertThat(largest(truncated)).isBetween(0.95, 1.0);
    assertThat(deviation(truncated)).isCloseTo(0.88 * 0.5, within(0.01));
  }

  @Test
  void fixedValuesAreWhatTheySay() {
    assertThat(INIT.identity(2).value().toDoubles()).containsExactly(1, 0, 0, 1);
    assertThat(INIT.full(3, 2).value().toDoubles()).containsExactly(3, 3);
    assertThat(INIT.forgetBias(1).value().toDoubles()).containsExactly(0, 1, 0, 0);
  }

  @Test
  void orthogonalWeightsKeepLengths() {
    Tensor w = INIT.orthogonal(20, 3).value();
    for (int p = 0; p < 3; p++) {
      Tensor part = w.slice(1, p * 20, (p + 1) * 20);
      Tensor product = part.matmul(part.transpose(0, 1));
      for (int i = 0; i < 20; i++) {
        for (int j = 0; j < 20; j++) {
          assertThat(product.get(i, j)).isCloseTo(i == j ? 1 : 0, within(1e-12));
        }
      }
    }
  }
}
