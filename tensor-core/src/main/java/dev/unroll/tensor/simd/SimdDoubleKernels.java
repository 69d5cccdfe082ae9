// Generated from SimdFloatKernels.java by TwinsTest (-Dunroll.golden=update); do not edit.
package dev.unroll.tensor.simd;

import dev.unroll.tensor.scalar.ElementwiseLoops;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;

/** Vector kernels over {@code double[]}. */
final class SimdDoubleKernels implements Kernels<double[]> {
  private final ElementwiseLoops<double[]> loops = DoubleElementwise.loops();

  @Override
  public void elementwise(
      Instruction i,
      int n,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] c,
      int co,
      double[] out,
      int oo) {
    loops.run(i, n, a, ao, b, bo, c, co, out, oo);
  }

  @Override
  public int pairWidth() {
    return 2 * Species.DOUBLE.length();
  }

  @Override
  public void pack(
      int k,
      int columns,
      double[] b,
      int bo,
      int rowStride,
      int columnStride,
      MemorySegment panels,
      long po) {
    DoublePanels.pack(k, columns, b, bo, rowStride, columnStride, panels, po);
  }

  @Override
  public void transpose(
      int rows, int columns, double[] a, int ao, int lda, double[] out, int oo, int ldo) {
    DoubleTranspose.transpose(rows, columns, a, ao, lda, out, oo, ldo);
  }

  @Override
  public void product(
      int m,
      int k,
      double[] a,
      int ao,
      MemorySegment panels,
      long po,
      long step,
      double[] c,
      int co,
      int ldc,
      int columns) {
    DoubleProduct.run(m, k, a, ao, panels, po, step, c, co, ldc, columns);
  }

  @Override
  public void productInPlace(
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
    DoubleProductInPlace.run(m, k, a, ao, lda, b, bo, ldb, c, co, ldc, columns);
  }

  @Override
  public double sum(int n, double[] x, int xo) {
    return DoubleSums.sum(n, x, xo);
  }

  @Override
  public double sumOfSquares(int n, double[] x, int xo) {
    return DoubleSums.sumOfSquares(n, x, xo);
  }

  @Override
  public double max(int n, double[] x, int xo) {
    return DoubleSums.max(n, x, xo);
  }

  @Override
  public double expSum(int n, double[] x, int xo, double shift, double[] out, int oo) {
    return DoubleSums.expSum(n, x, xo, shift, out, oo);
  }
}
