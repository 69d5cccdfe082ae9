// Generated from FloatProductInPlace.java by TwinsTest (-Dunroll.golden=update); do not edit.
package dev.unroll.tensor.simd;

/**
 * Cuts the product with a right-hand side that was not packed into blocks for {@link
 * DoubleBlocksInPlace}: rows of B lie any distance apart. The compiler does not know that distance
 * and checks bounds at every k, so four rows are the most that is worth it (docs/kernels.md).
 */
final class DoubleProductInPlace {
  /** The columns of a block. */
  private static final int W = 2 * Species.DOUBLE.length();

  private DoubleProductInPlace() {}

  /** Adds a product: see {@link dev.unroll.tensor.spi.Kernels#productInPlace}. */
  static void run(
      int m,
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double[] c,
      int co,
      int ldc,
      int columns) {
    for (int j = 0; j < columns / W * W; j += W) {
      int p = bo + j;
      int i = 0;
      for (; i + 4 <= m; i += 4) {
        int to = co + j + i * ldc;
        DoubleBlocksInPlace.block4x2(k, a, ao + i * lda, lda, b, p, ldb, c, to, ldc);
      }
      for (; i + 2 <= m; i += 2) {
        int to = co + j + i * ldc;
        DoubleBlocksInPlace.block2x2(k, a, ao + i * lda, lda, b, p, ldb, c, to, ldc);
      }
      if (i < m) {
        DoubleBlocksInPlace.block1x2(k, a, ao + i * lda, b, p, ldb, c, co + j + i * ldc);
      }
    }
  }
}
