package dev.unroll.tensor.simd;

import dev.unroll.tensor.scalar.ScalarDoubleKernels;

/**
 * One number from many of {@code double[]}, as the scalar kernels have it: double precision is what
 * results are checked in, so exactness comes before speed. That is why this is no twin of {@link
 * FloatSums}.
 */
final class DoubleSums {
  private static final ScalarDoubleKernels SCALAR = new ScalarDoubleKernels();

  private DoubleSums() {}

  static double sum(int n, double[] x, int xo) {
    return SCALAR.sum(n, x, xo);
  }

  static double sumOfSquares(int n, double[] x, int xo) {
    return SCALAR.sumOfSquares(n, x, xo);
  }

  static double max(int n, double[] x, int xo) {
    return SCALAR.max(n, x, xo);
  }

  static double expSum(int n, double[] x, int xo, double shift, double[] out, int oo) {
    return SCALAR.expSum(n, x, xo, shift, out, oo);
  }
}
