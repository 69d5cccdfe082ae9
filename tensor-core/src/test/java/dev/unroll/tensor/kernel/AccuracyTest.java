package dev.unroll.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.simd.SimdKernelProvider;
import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The vector functions against double precision, over grids on the bits of a float: every exponent,
 * both signs, subnormals, infinities and NaN. What was measured is in docs/kernels.md.
 */
class AccuracyTest {
  private static final int BLOCK = 4096;

  private final Kernels<float[]> simd = new SimdKernelProvider().float32();

  private float[] apply(Code code, float... x) {
    float[] y = new float[x.length];
    simd.elementwise(new Instruction(code, 0, -1, -1, 1, 0), x.length, x, 0, x, 0, x, 0, y, 0);
    return y;
  }

  private static double exact(Code code, double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return switch (code) {
      case EXP -> StrictMath.exp(x);
      case LOG -> StrictMath.log(x);
      case SQRT -> Math.sqrt(x);
      case TANH -> StrictMath.tanh(x);
      case SIGMOID -> (x < 0 ? e : 1) / (1 + e);
      case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(e);
      default -> throw new IllegalArgumentException("no reference for " + code);
    };
  }

  /** Returns the error in units of the last place of the rounded exact value. */
  private static double ulps(double exact, float given) {
    float rounded = (float) exact;
    if (Float.compare(rounded, given) == 0) {
      return Double.isInfinite(rounded) || Double.isNaN(rounded)
          ? 0
          : Math.abs(exact - given) / Math.ulp(rounded);
    }
    if (Float.isNaN(rounded) || Float.isNaN(given)) {
      return Double.POSITIVE_INFINITY;
    }
    // Infinity stands one place above the largest number.
    double a = Float.isInfinite(rounded) ? Math.copySign(0x1p128, exact) : exact;
    double b = Float.isInfinite(given) ? Math.copySign(0x1p128, given) : given;
    return Math.abs(a - b) / Math.min(Math.ulp(rounded), 0x1p104);
  }

  private void errorStaysBelow(Code code, double limit, int stride) {
    float[] x = new float[BLOCK];
    for (long bits = 0; bits < 1L << 32; ) {
      for (int i = 0; i < BLOCK; i++, bits += stride) {
        x[i] = Float.intBitsToFloat((int) bits);
      }
      float[] y = apply(code, x);
      for (int i = 0; i < BLOCK; i++) {
        double error = ulps(exact(code, x[i]), y[i]);
        if (!(error <= limit)) {
          assertThat(error).as("ulps of %s(%s) = %s", code, x[i], y[i]).isLessThanOrEqualTo(limit);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"EXP, 2", "LOG, 2", "SQRT, 2", "SOFTPLUS, 2", "TANH, 4", "SIGMOID, 4"})
  void errorStaysBelowTheLimit(Code code, double limit) {
    errorStaysBelow(code, limit, 4001);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"EXP, 2", "LOG, 2", "SQRT, 2", "SOFTPLUS, 2", "TANH, 4", "SIGMOID, 4"})
  void errorStaysBelowTheLimitOnADenseGrid(Code code, double limit) {
    errorStaysBelow(code, limit, 101);
  }

  @ParameterizedTest
  @CsvSource({"EXP", "LOG", "SQRT", "SOFTPLUS", "TANH", "SIGMOID"})
  void notANumberStaysSo(Code code) {
    assertThat(apply(code, Float.NaN)[0]).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "EXP, -Infinity, 0",
    "EXP, Infinity, Infinity",
    "EXP, -0.0, 1",
    "EXP, 89, Infinity",
    "EXP, -104, 0",
    "LOG, 0, -Infinity",
    "LOG, -0.0, -Infinity",
    "LOG, -1, NaN",
    "LOG, Infinity, Infinity",
    "LOG, 1, 0",
    "SQRT, -0.0, -0.0",
    "SQRT, -1, NaN",
    "SQRT, Infinity, Infinity",
    "TANH, -0.0, -0.0",
    "TANH, 0, 0",
    "TANH, -Infinity, -1",
    "TANH, Infinity, 1",
    "TANH, 1.4E-45, 1.4E-45",
    "SIGMOID, -Infinity, 0",
    "SIGMOID, Infinity, 1",
    "SIGMOID, -0.0, 0.5",
    "SOFTPLUS, -Infinity, 0",
    "SOFTPLUS, Infinity, Infinity",
    "SOFTPLUS, 1e30, 1e30"
  })
  void edgesAreExact(Code code, float x, float y) {
    assertThat(Float.floatToIntBits(apply(code, x)[0])).isEqualTo(Float.floatToIntBits(y));
  }
}
