package dev.unroll.tensor.simd;

import dev.unroll.tensor.scalar.ScalarDoubleKernels;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
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
  public int panelWidth() {
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
      double[] panels,
      int po) {
    int w = panelWidth();
    int whole = columnStride == 1 ? columns / w : 0;
    // Four panels side by side: see FloatPanels.
    for (int j = 0; j < whole; j += 4) {
      copy(k, Math.min(4, whole - j), b, bo + j * w, rowStride, panels, po + j * k * w);
    }
    int done = whole * w;
    if (done < columns) {
      int from = bo + done * columnStride;
      ScalarDoubleKernels.pack(
          w, k, columns - done, b, from, rowStride, columnStride, panels, po + done * k);
    }
  }

  private static void copy(int k, int n, double[] b, int bo, int ldb, double[] panels, int po) {
    int half = S.length();
    int w = 2 * half;
    for (int p = 0; p < k; p++) {
      int from = bo + p * ldb;
      int to = po + p * w;
      for (int j = 0; j < n; j++) {
        DoubleVector.fromArray(S, b, from + j * w).intoArray(panels, to + j * k * w);
        DoubleVector.fromArray(S, b, from + j * w + half).intoArray(panels, to + j * k * w + half);
      }
    }
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
      int lda,
      double[] panels,
      int po,
      int ldp,
      int step,
      double[] c,
      int co,
      int ldc,
      int columns) {
    int w = panelWidth();
    int whole = columns / w;
    panels(whole, m, k, a, ao, lda, panels, po, ldp, step, c, co, ldc);
    int rest = columns - whole * w;
    if (rest == 0) {
      return;
    }
    double[] last = new double[m * w];
    int from = co + whole * w;
    for (int i = 0; i < m; i++) {
      System.arraycopy(c, from + i * ldc, last, i * w, rest);
    }
    panels(1, m, k, a, ao, lda, panels, po + whole * step, ldp, step, last, 0, w);
    for (int i = 0; i < m; i++) {
      System.arraycopy(last, i * w, c, from + i * ldc, rest);
    }
  }

  private void panels(
      int n,
      int m,
      int k,
      double[] a,
      int ao,
      int lda,
      double[] p,
      int po,
      int ldp,
      int step,
      double[] c,
      int co,
      int ldc) {
    if (ldp == panelWidth()) {
      DoubleProduct.panels(n, m, k, a, ao, lda, p, po, step, c, co, ldc);
    } else {
      DoubleProductInPlace.panels(n, m, k, a, ao, lda, p, po, ldp, c, co, ldc);
    }
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
