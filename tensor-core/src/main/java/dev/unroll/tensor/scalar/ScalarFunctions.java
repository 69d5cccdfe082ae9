package dev.unroll.tensor.scalar;

/** Elementary functions that {@link StrictMath} does not have. */
final class ScalarFunctions {
  private static final double ROOT_OF_PI = Math.sqrt(Math.PI);

  private ScalarFunctions() {}

  /** Returns the error function (Abramowitz &amp; Stegun 1964, 7.1.6 and 7.1.14). */
  static double erf(double x) {
    double a = Math.abs(x);
    return Math.copySign(a < 3 ? series(a) : 1 - fraction(a), x);
  }

  /** {@code 2 / sqrt(pi) e^(-a a) (a + 2 a^3 / 3 + 4 a^5 / (3 5) + ...)}: no term is negative. */
  private static double series(double a) {
    double sum = a;
    double term = a;
    for (int n = 3; term > sum * 0x1p-60; n += 2) {
      term *= 2 * a * a / n;
      sum += term;
    }
    return 2 / ROOT_OF_PI * StrictMath.exp(-a * a) * sum;
  }

  /** Returns {@code 1 - erf(a)}, for {@code a >= 3}, by its continued fraction. */
  private static double fraction(double a) {
    double f = a;
    for (double k = 20; k > 0; k -= 0.5) {
      f = a + k / f;
    }
    return StrictMath.exp(-a * a) / (ROOT_OF_PI * f);
  }

  static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }
}
