// Generated from ScalarFloatKernels.java by TwinsTest (-Dunroll.golden=update); do not edit.
package dev.unroll.tensor.scalar;

import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Plain loops over {@code double[]}: the oracle that the vector kernels are held against. */
public final class ScalarDoubleKernels implements Kernels<double[]> {
  private static final int PANEL = 16;
  private final ElementwiseLoops<double[]> loops = ScalarDoubleElementwise.loops();

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
    return 2 * PANEL;
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
    pack(PANEL, k, columns, b, bo, rowStride, columnStride, panels, po);
  }

  @Override
  public void transpose(
      int rows, int columns, double[] a, int ao, int lda, double[] out, int oo, int ldo) {
    transposeAll(rows, columns, a, ao, lda, out, oo, ldo);
  }

  /** Transposes element by element. */
  public static void transposeAll(
      int rows, int columns, double[] a, int ao, int lda, double[] out, int oo, int ldo) {
    // Sixteen columns at a time, so that the lines written stay in cache from row to row.
    for (int first = 0; first < columns; first += 16) {
      int end = Math.min(columns, first + 16);
      for (int i = 0; i < rows; i++) {
        for (int j = first; j < end; j++) {
          out[oo + j * ldo + i] = a[ao + i * lda + j];
        }
      }
    }
  }

  /** Packs for panels of any width: see {@link Kernels#pack}. */
  public static void pack(
      int width,
      int k,
      int columns,
      double[] b,
      int bo,
      int rowStride,
      int columnStride,
      MemorySegment panels,
      long po) {
    int pairs = (columns + 2 * width - 1) / (2 * width);
    for (int j = 0; j < pairs * 2 * width; j += width) {
      int n = Math.clamp(columns - j, 0, width);
      panel(
          width,
          k,
          n,
          b,
          bo + j * columnStride,
          rowStride,
          columnStride,
          panels,
          po + (long) j * k);
    }
  }

  /** Packs one panel. */
  public static void panel(
      int width,
      int k,
      int columns,
      double[] b,
      int bo,
      int rowStride,
      int columnStride,
      MemorySegment panel,
      long po) {
    // Sixteen rows at a time, so that the lines written stay in cache from column to column.
    for (int p = 0; p < k; p += 16) {
      int end = Math.min(k, p + 16);
      for (int j = 0; j < width; j++) {
        for (int i = p; i < end; i++) {
          double x = j < columns ? b[bo + i * rowStride + j * columnStride] : 0;
          panel.setAtIndex(ValueLayout.JAVA_DOUBLE, po + (long) i * width + j, x);
        }
      }
    }
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
    panels(m, k, a, ao, ROW_DISTANCE, panels, po, PANEL, step, c, co, ldc, columns);
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
    panels(m, k, a, ao, lda, MemorySegment.ofArray(b), bo, ldb, PANEL, c, co, ldc, columns);
  }

  private static void panels(
      int m,
      int k,
      double[] a,
      int ao,
      int lda,
      MemorySegment p,
      long po,
      int ldp,
      long step,
      double[] c,
      int co,
      int ldc,
      int columns) {
    for (int j = 0; j < columns; j += PANEL) {
      long from = po + j / PANEL * step;
      int n = Math.min(PANEL, columns - j);
      ScalarDoubleProduct.run(m, k, a, ao, lda, p, from, ldp, c, co + j, ldc, n);
    }
  }

  @Override
  public double sum(int n, double[] x, int xo) {
    double s = n == 0 ? 0 : -0.0; // The sum of -0 alone is -0.
    for (int k = 0; k < n; k++) {
      s += x[xo + k];
    }
    return s;
  }

  @Override
  public double sumOfSquares(int n, double[] x, int xo) {
    double s = 0;
    for (int k = 0; k < n; k++) {
      s += x[xo + k] * x[xo + k];
    }
    return s;
  }

  @Override
  public double max(int n, double[] x, int xo) {
    double s = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < n; k++) {
      s = x[xo + k] > s ? x[xo + k] : s;
    }
    return s;
  }

  @Override
  public double expSum(int n, double[] x, int xo, double shift, double[] out, int oo) {
    double s = 0;
    for (int k = 0; k < n; k++) {
      double y = StrictMath.exp(x[xo + k] - shift);
      out[oo + k] = y;
      s += y;
    }
    return s;
  }
}
