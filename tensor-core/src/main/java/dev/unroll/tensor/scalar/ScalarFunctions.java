package dev.unroll.tensor.scalar;

/** Elementary functions that {@link StrictMath} does not have. */
final class ScalarFunctions {
  private ScalarFunctions() {}

  static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }
}
