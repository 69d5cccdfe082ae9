package dev.unroll.tensor.simd;

import dev.unroll.tensor.scalar.ScalarDoubleKernels;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels over {@code double[]}: the product on vectors, all else as the scalar kernels do it.
 * Double precision is what results are checked in, so exactness comes first.
 */
final class SimdDoubleKernels implements Kernels<double[]> {
  private static final VectorSpecies<Double> S = Species.DOUBLE;
  private final ScalarDoubleKernels scalar = new ScalarDoubleKernels();

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
    scalar.elementwise(i, n, a, ao, b, bo, c, co, out, oo);
  }

  @Override
  public int pairWidth() {
    return 2 * S.length();
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
    int w = pairWidth();
    int whole = columnStride == 1 ? columns / w : 0;
    // Four pairs side by side: see FloatPanels.
    for (int j = 0; j < whole; j += 4) {
      copy(k, 2 * Math.min(4, whole - j), b, bo + j * w, rowStride, panels, po + (long) j * k * w);
    }
    int done = whole * w;
    if (done < columns) {
      int from = bo + done * columnStride;
      ScalarDoubleKernels.pack(
          w / 2, k, columns - done, b, from, rowStride, columnStride, panels, po + (long) done * k);
    }
  }

  private static void copy(
      int k, int n, double[] b, int bo, int ldb, MemorySegment panels, long po) {
    int w = S.length();
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < n; j++) {
        store(b, bo + p * ldb + j * w, panels, (po + ((long) j * k + p) * w) * Double.BYTES);
      }
    }
  }

  private static void store(double[] b, int from, MemorySegment panels, long to) {
    DoubleVector.fromArray(S, b, from).intoMemorySegment(panels, to, ByteOrder.nativeOrder());
  }

  @Override
  public void transpose(
      int rows, int columns, double[] a, int ao, int lda, double[] out, int oo, int ldo) {
    scalar.transpose(rows, columns, a, ao, lda, out, oo, ldo);
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
    int w = pairWidth();
    int whole = columns / w;
    long from = po * Double.BYTES;
    long half = step * Double.BYTES;
    DoubleProduct.pairs(whole, m, k, a, ao, panels, from, half, c, co, ldc);
    int rest = columns - whole * w;
    if (rest == 0) {
      return;
    }
    double[] last = new double[m * w];
    int to = co + whole * w;
    for (int i = 0; i < m; i++) {
      System.arraycopy(c, to + i * ldc, last, i * w, rest);
    }
    DoubleProduct.pairs(1, m, k, a, ao, panels, from + 2L * whole * half, half, last, 0, w);
    for (int i = 0; i < m; i++) {
      System.arraycopy(last, i * w, c, to + i * ldc, rest);
    }
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
    int n = columns / pairWidth();
    DoubleProductInPlace.panels(n, m, k, a, ao, lda, b, bo, ldb, c, co, ldc);
  }

  @Override
  public double sum(int n, double[] x, int xo) {
    return scalar.sum(n, x, xo);
  }

  @Override
  public double sumOfSquares(int n, double[] x, int xo) {
    return scalar.sumOfSquares(n, x, xo);
  }

  @Override
  public double max(int n, double[] x, int xo) {
    return scalar.max(n, x, xo);
  }

  @Override
  public double expSum(int n, double[] x, int xo, double shift, double[] out, int oo) {
    return scalar.expSum(n, x, xo, shift, out, oo);
  }
}
