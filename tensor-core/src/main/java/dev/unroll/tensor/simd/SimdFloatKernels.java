package dev.unroll.tensor.simd;

import dev.unroll.tensor.scalar.ElementwiseLoops;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;

/** Vector kernels over {@code float[]}. */
final class SimdFloatKernels implements Kernels<float[]> {
  private final ElementwiseLoops<float[]> loops = FloatElementwise.loops();

  @Override
  public void elementwise(
      Instruction i,
      int n,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      float[] out,
      int oo) {
    loops.run(i, n, a, ao, b, bo, c, co, out, oo);
  }

  @Override
  public int pairWidth() {
    return 2 * Species.FLOAT.length();
  }

  @Override
  public void pack(
      int k,
      int columns,
      float[] b,
      int bo,
      int rowStride,
      int columnStride,
      MemorySegment panels,
      long po) {
    FloatPanels.pack(k, columns, b, bo, rowStride, columnStride, panels, po);
  }

  @Override
  public void transpose(
      int rows, int columns, float[] a, int ao, int lda, float[] out, int oo, int ldo) {
    FloatTranspose.transpose(rows, columns, a, ao, lda, out, oo, ldo);
  }

  @Override
  public void product(
      int m,
      int k,
      float[] a,
      int ao,
      MemorySegment panels,
      long po,
      long step,
      float[] c,
      int co,
      int ldc,
      int columns) {
    FloatProduct.run(m, k, a, ao, panels, po, step, c, co, ldc, columns);
  }

  @Override
  public void productInPlace(
      int m,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc,
      int columns) {
    FloatProductInPlace.run(m, k, a, ao, lda, b, bo, ldb, c, co, ldc, columns);
  }

  @Override
  public double sum(int n, float[] x, int xo) {
    return FloatSums.sum(n, x, xo);
  }

  @Override
  public double sumOfSquares(int n, float[] x, int xo) {
    return FloatSums.sumOfSquares(n, x, xo);
  }

  @Override
  public double max(int n, float[] x, int xo) {
    return FloatSums.max(n, x, xo);
  }

  @Override
  public double expSum(int n, float[] x, int xo, double shift, float[] out, int oo) {
    return FloatSums.expSum(n, x, xo, shift, out, oo);
  }
}
