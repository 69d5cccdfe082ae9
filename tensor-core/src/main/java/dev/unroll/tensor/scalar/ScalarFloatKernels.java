package dev.unroll.tensor.scalar;

import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Plain loops over {@code float[]}: the oracle that the vector kernels are held against. */
public final class ScalarFloatKernels implements Kernels<float[]> {
  private static final int PANEL = 16;
  private final ElementwiseLoops<float[]> loops = ScalarFloatElementwise.loops();

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
    return 2 * PANEL;
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
    pack(PANEL, k, columns, b, bo, rowStride, columnStride, panels, po);
  }

  @Override
  public void transpose(
      int rows, int columns, float[] a, int ao, int lda, float[] out, int oo, int ldo) {
    transposeAll(rows, columns, a, ao, lda, out, oo, ldo);
  }

  /** Transposes element by element. */
  public static void transposeAll(
      int rows, int columns, float[] a, int ao, int lda, float[] out, int oo, int ldo) {
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
      float[] b,
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
      float[] b,
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
          float x = j < columns ? b[bo + i * rowStride + j * columnStride] : 0;
          panel.setAtIndex(ValueLayout.JAVA_FLOAT, po + (long) i * width + j, x);
        }
      }
    }
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
    panels(m, k, a, ao, ROW_DISTANCE, panels, po, PANEL, step, c, co, ldc, columns);
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
    panels(m, k, a, ao, lda, MemorySegment.ofArray(b), bo, ldb, PANEL, c, co, ldc, columns);
  }

  private static void panels(
      int m,
      int k,
      float[] a,
      int ao,
      int lda,
      MemorySegment p,
      long po,
      int ldp,
      long step,
      float[] c,
      int co,
      int ldc,
      int columns) {
    for (int j = 0; j < columns; j += PANEL) {
      long from = po + j / PANEL * step;
      int n = Math.min(PANEL, columns - j);
      ScalarFloatProduct.run(m, k, a, ao, lda, p, from, ldp, c, co + j, ldc, n);
    }
  }

  @Override
  public double sum(int n, float[] x, int xo) {
    double s = n == 0 ? 0 : -0.0; // The sum of -0 alone is -0.
    for (int k = 0; k < n; k++) {
      s += x[xo + k];
    }
    return s;
  }

  @Override
  public double sumOfSquares(int n, float[] x, int xo) {
    double s = 0;
    for (int k = 0; k < n; k++) {
      s += (double) x[xo + k] * x[xo + k];
    }
    return s;
  }

  @Override
  public double max(int n, float[] x, int xo) {
    float s = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < n; k++) {
      s = x[xo + k] > s ? x[xo + k] : s;
    }
    return s;
  }

  @Override
  public double expSum(int n, float[] x, int xo, double shift, float[] out, int oo) {
    double s = 0;
    for (int k = 0; k < n; k++) {
      float y = (float) StrictMath.exp(x[xo + k] - shift);
      out[oo + k] = y;
      s += y;
    }
    return s;
  }
}
