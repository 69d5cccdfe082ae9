// Generated from FloatPanels.java by TwinsTest (-Dunroll.golden=update); do not edit.
package dev.unroll.tensor.simd;

import dev.unroll.tensor.scalar.ScalarDoubleKernels;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies operands of double products into the order in which {@link DoubleProduct} reads them. */
final class DoublePanels {
  private static final VectorSpecies<Double> S = Species.DOUBLE;
  private static final int L = S.length();
  private static final int PAIR = 2 * L;

  /** Rows that are read side by side. */
  private static final int TOGETHER = 8;

  private static final long LINE = (long) L * Double.BYTES;

  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  private DoublePanels() {}

  static void pack(
      int k,
      int columns,
      double[] b,
      int bo,
      int rowStride,
      int columnStride,
      MemorySegment panels,
      long po) {
    int whole = 0;
    if (columnStride == 1) {
      whole = columns / PAIR;
      copy(k, 2 * whole, b, bo, rowStride, panels, po);
    } else if (rowStride == 1) {
      whole = columns / PAIR;
      double[] between = new double[L * L];
      for (int j = 0; j < 2 * whole; j++) {
        int from = bo + j * L * columnStride;
        transposed(k, b, from, columnStride, between, panels, po + (long) j * k * L);
      }
    }
    int done = whole * PAIR;
    if (done < columns) {
      int from = bo + done * columnStride;
      ScalarDoubleKernels.pack(
          L, k, columns - done, b, from, rowStride, columnStride, panels, po + (long) done * k);
    }
  }

  /**
   * Fills panels side by side, from a few rows at a time: long pieces of several rows are read, so
   * that the prefetcher has as many streams, and lines of a panel that follow one another are
   * written.
   */
  private static void copy(
      int k, int n, double[] b, int bo, int ldb, MemorySegment panels, long po) {
    int whole = k / TOGETHER * TOGETHER;
    for (int p = 0; p < whole; p += TOGETHER) {
      for (int j = 0; j < n; j++) {
        long to = (po + ((long) j * k + p) * L) * Double.BYTES;
        int from = bo + p * ldb + j * L;
        for (int r = 0; r < TOGETHER; r++) {
          copy(b, from + r * ldb, panels, to + r * LINE);
        }
      }
    }
    for (int p = whole; p < k; p++) {
      for (int j = 0; j < n; j++) {
        copy(b, bo + p * ldb + j * L, panels, (po + ((long) j * k + p) * L) * Double.BYTES);
      }
    }
  }

  private static void copy(double[] from, int at, MemorySegment panels, long to) {
    DoubleVector.fromArray(S, from, at).intoMemorySegment(panels, to, NATIVE);
  }

  /** Fills one panel from rows that are its columns, square by square. */
  private static void transposed(
      int k, double[] b, int bo, int ldb, double[] between, MemorySegment panel, long po) {
    int whole = DoubleTranspose.SQUARES ? k / L * L : 0;
    for (int p = 0; p < whole; p += L) {
      DoubleTranspose.square(b, bo + p, ldb, between, panel, (po + (long) p * L) * Double.BYTES);
    }
    ScalarDoubleKernels.panel(L, k - whole, L, b, bo + whole, 1, ldb, panel, po + (long) whole * L);
  }
}
