// Generated from FloatProduct.java by TwinsTest (-Dunroll.golden=update); do not edit.
package dev.unroll.tensor.simd;

import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;

/**
 * Cuts the product over packed panels into blocks of C for the micro-kernels of {@link
 * DoubleBlocks}: of 2, 4 or 6 rows by four panels where the hardware has registers for all
 * accumulators, by two elsewhere, and of one row. Each block starts from C, so that an element is
 * one chain over ascending k however k is cut.
 *
 * <p>Rows of A are a constant apart, so that one register addresses them all; panels of one vector
 * each lie in native memory, where each vector is one cache line; they are streams that the
 * hardware fetches ahead, four of them sooner than two (docs/kernels.md).
 */
final class DoubleProduct {
  private static final int L = Species.DOUBLE.length();

  /** The columns of a pair of panels. */
  private static final int W = 2 * L;

  /** The distance between rows of A. */
  private static final int D = Kernels.ROW_DISTANCE;

  /** The largest block of rows. */
  private static final int ROWS = 6;

  /** Pairs of panels in a block, where all its accumulators have a register. */
  private static final int WIDE = Species.DOUBLE.vectorBitSize() >= 512 ? 2 : 1;

  /** Pairs that a last row goes down at a time: in one alone, each sum waits for the one before. */
  private static final int TOGETHER = 4;

  private DoubleProduct() {}

  /** Adds a product: see {@link Kernels#product}. Columns that fill no pair are copied to one. */
  static void run(
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
    int whole = columns / W;
    long from = po * Double.BYTES;
    long half = step * Double.BYTES;
    pairs(whole, m, k, a, ao, panels, from, half, c, co, ldc);
    int rest = columns - whole * W;
    if (rest == 0) {
      return;
    }
    double[] last = new double[m * W];
    int to = co + whole * W;
    for (int i = 0; i < m; i++) {
      System.arraycopy(c, to + i * ldc, last, i * W, rest);
    }
    pairs(1, m, k, a, ao, panels, from + 2L * whole * half, half, last, 0, W);
    for (int i = 0; i < m; i++) {
      System.arraycopy(last, i * W, c, to + i * ldc, rest);
    }
  }

  /** Runs over pairs of panels, {@code half} bytes from panel to panel. */
  private static void pairs(
      int n,
      int m,
      int k,
      double[] a,
      int ao,
      MemorySegment p,
      long po,
      long half,
      double[] c,
      int co,
      int ldc) {
    int even = m / 2 * 2;
    for (int j = 0; j < n; j += TOGETHER) {
      int few = Math.min(TOGETHER, n - j);
      for (int i = j; even > 0 && i < j + few; i += WIDE) {
        int wide = Math.min(WIDE, j + few - i);
        rows(wide, even, k, a, ao, p, po + 2L * i * half, half, c, co + i * W, ldc);
      }
      if (even < m) {
        row(few, k, a, ao + even * D, p, po + 2L * j * half, half, c, co + even * ldc + j * W);
      }
    }
  }

  /** Runs over an even number of rows, in the fewest blocks, all of about one height. */
  private static void rows(
      int wide,
      int m,
      int k,
      double[] a,
      int ao,
      MemorySegment p,
      long po,
      long half,
      double[] c,
      int co,
      int ldc) {
    for (int i = 0; i < m; ) {
      int blocks = (m - i + ROWS - 1) / ROWS;
      int n = (m - i + 2 * blocks - 1) / (2 * blocks) * 2;
      if (wide == 2) {
        quad(n, k, a, ao + i * D, p, po, half, c, co + i * ldc, ldc);
      } else {
        pair(n, k, a, ao + i * D, p, po, half, c, co + i * ldc, ldc);
      }
      i += n;
    }
  }

  private static void quad(
      int m,
      int k,
      double[] a,
      int ao,
      MemorySegment p,
      long po,
      long half,
      double[] c,
      int co,
      int ldc) {
    switch (m) {
      case 2 -> DoubleBlocks.block2x4(k, a, ao, p, po, half, c, co, ldc);
      case 4 -> DoubleBlocks.block4x4(k, a, ao, p, po, half, c, co, ldc);
      default -> DoubleBlocks.block6x4(k, a, ao, p, po, half, c, co, ldc);
    }
  }

  private static void pair(
      int m,
      int k,
      double[] a,
      int ao,
      MemorySegment p,
      long po,
      long half,
      double[] c,
      int co,
      int ldc) {
    switch (m) {
      case 2 -> DoubleBlocks.block2x2(k, a, ao, p, po, half, c, co, ldc);
      case 4 -> DoubleBlocks.block4x2(k, a, ao, p, po, half, c, co, ldc);
      default -> DoubleBlocks.block6x2(k, a, ao, p, po, half, c, co, ldc);
    }
  }

  private static void row(
      int pairs,
      int k,
      double[] a,
      int ao,
      MemorySegment p,
      long po,
      long half,
      double[] c,
      int co) {
    if (pairs == TOGETHER) {
      DoubleBlocks.block1x8(k, a, ao, p, po, half, c, co);
    } else {
      for (int j = 0; j < pairs; j++) {
        DoubleBlocks.block1x2(k, a, ao, p, po + 2L * j * half, half, c, co + j * W);
      }
    }
  }
}
