package dev.unroll.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.tensor.Tolerance;
import dev.unroll.tensor.scalar.ScalarKernelProvider;
import dev.unroll.tensor.simd.SimdKernelProvider;
import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector kernels against the scalar ones, tails included, and nothing written outside. */
class KernelsTest {
  private final Kernels<float[]> simd = new SimdKernelProvider().float32();
  private final Kernels<float[]> scalar = new ScalarKernelProvider().float32();

  private static float[] random(int n, long seed) {
    Random r = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) r.nextGaussian();
    }
    return x;
  }

  private static void makePositive(float[] x) {
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.abs(x[k]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void elementwiseAgreesWithScalarAtEveryLength(Code code) {
    Instruction i = new Instruction(code, 0, 1, 2, 1.5, 0.5);
    for (int n = 0; n < 70; n++) {
      float[] a = random(n + 2, n);
      float[] b = random(n + 2, n + 100);
      float[] c = random(n + 2, n + 200);
      if (n % 2 == 0) { // So that roots and logarithms are numbers.
        makePositive(a);
        makePositive(b);
      }
      float[] x = new float[n + 2];
      float[] y = new float[n + 2];
      x[0] = x[n + 1] = 42;
      simd.elementwise(i, n, a, 1, b, 1, c, 1, x, 1);
      scalar.elementwise(i, n, a, 1, b, 1, c, 1, y, 1);
      assertThat(x[0]).isEqualTo(42);
      assertThat(x[n + 1]).isEqualTo(42);
      for (int k = 1; k <= n; k++) {
        assertThat(Tolerance.of(1e-6).allows(y[k], x[k])).as("%s for %s", x[k], y[k]).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 9, 10, 11, 12, 13, 31, 64})
  void productAgreesWithTheDefinition(int m) {
    product(simd, m);
    product(scalar, m);
  }

  private static void product(Kernels<float[]> kernels, int m) {
    int k = 17;
    int w = kernels.pairWidth();
    for (int columns = 1; columns <= 2 * w; columns++) {
      int h = w / 2;
      int lda = Kernels.ROW_DISTANCE;
      float[] a = random(m * lda, 1);
      float[] b = random(2 * k * w, 2);
      MemorySegment panels = Panels.allocate(4L * b.length).copyFrom(MemorySegment.ofArray(b));
      float[] x = random(2 * m * w, 3);
      float[] y = x.clone();
      kernels.product(m, k, a, 0, panels, 0, k * h, x, 0, 2 * w, columns);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < columns; j++) {
          for (int p = 0; p < k; p++) {
            y[i * 2 * w + j] += a[i * lda + p] * b[j / h * k * h + p * h + j % h];
          }
        }
      }
      for (int i = 0; i < x.length; i++) {
        assertThat(Tolerance.of(1e-5).allows(y[i], x[i])).as("%s for %s", x[i], y[i]).isTrue();
      }
    }
  }

  @Test
  void sumsAgreeWithScalar() {
    for (int n = 0; n < 70; n++) {
      float[] x = random(n, n);
      float[] u = new float[n];
      float[] v = new float[n];
      assertThat(simd.sum(n, x, 0)).isCloseTo(scalar.sum(n, x, 0), within(1e-4));
      assertThat(simd.sumOfSquares(n, x, 0)).isCloseTo(scalar.sumOfSquares(n, x, 0), within(1e-4));
      assertThat(simd.max(n, x, 0)).isEqualTo(scalar.max(n, x, 0));
      assertThat(simd.expSum(n, x, 0, 1, u, 0))
          .isCloseTo(scalar.expSum(n, x, 0, 1, v, 0), within(1e-4));
      assertThat(u).usingComparatorWithPrecision(1e-6f).containsExactly(v);
    }
  }
}
