package dev.unroll.tensor.simd;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernels of the double product over packed panels, for 1, 2, 4, 6, 8 or 10 rows, two
 * vectors wide. All accumulators live in registers: ten rows are as many as the compiler keeps in
 * the 32 registers of 512-bit hardware without moving addresses in and out of them, six in the 16
 * of the others. Each starts from C, so that an element is one chain over ascending k however k is
 * cut. Panels lie outside of the heap, where their vectors begin at the beginning of a cache line.
 * Written out flat because helper methods, arrays of vectors and unrolling over k each cost the
 * compiler its registers (docs/kernels.md).
 */
final class DoubleProduct {
  private static final VectorSpecies<Double> S = Species.DOUBLE;
  private static final int L = S.length();
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  /** The bytes of a vector, and those of a row of a panel. */
  private static final long HALF = S.vectorByteSize(), ROW = 2 * HALF;

  /** The largest block of rows. */
  private static final int ROWS = S.vectorBitSize() >= 512 ? 10 : 6;

  private DoubleProduct() {}

  /** Runs over packed panels, {@code step} bytes apart. */
  static void panels(
      int n,
      int m,
      int k,
      double[] a,
      int ao,
      int lda,
      MemorySegment p,
      long po,
      long step,
      double[] c,
      int co,
      int ldc) {
    int j = 0;
    for (; m == 1 && j + 4 <= n; j += 4) {
      r1(k, a, ao, p, po + j * step, step, c, co + j * 2 * L);
    }
    for (; j < n; j++) {
      rows(m, k, a, ao, lda, p, po + j * step, c, co + j * 2 * L, ldc);
    }
  }

  /** Runs over any number of rows, in the fewest blocks, all of about one height. */
  private static void rows(
      int m,
      int k,
      double[] a,
      int ao,
      int lda,
      MemorySegment p,
      long po,
      double[] c,
      int co,
      int ldc) {
    for (int i = 0; i < m; ) {
      int n = block(m - i);
      block(n, k, a, ao + i * lda, lda, p, po, c, co + i * ldc, ldc);
      i += n;
    }
  }

  private static int block(int rows) {
    int blocks = (rows + ROWS - 1) / ROWS;
    int even = (rows + 2 * blocks - 1) / (2 * blocks) * 2;
    return even <= rows ? even : Math.max(1, rows / 2 * 2);
  }

  private static void block(
      int m,
      int k,
      double[] a,
      int ao,
      int lda,
      MemorySegment p,
      long po,
      double[] c,
      int co,
      int ldc) {
    switch (m) {
      case 1 -> r1(k, a, ao, p, po, c, co);
      case 2 -> r2(k, a, ao, lda, p, po, c, co, ldc);
      case 4 -> r4(k, a, ao, lda, p, po, c, co, ldc);
      case 6 -> r6(k, a, ao, lda, p, po, c, co, ldc);
      case 8 -> r8(k, a, ao, lda, p, po, c, co, ldc);
      case 10 -> r10(k, a, ao, lda, p, po, c, co, ldc);
      default -> throw new IllegalArgumentException("[product] rows: " + m);
    }
  }

  /**
   * One row, four panels {@code step} bytes apart: in one alone each sum waits for the one before.
   */
  private static void r1(
      int k, double[] a, int ao, MemorySegment p, long po, long step, double[] c, int co) {
    DoubleVector x0 = DoubleVector.fromArray(S, c, co + 0 * L),
        y0 = DoubleVector.fromArray(S, c, co + 1 * L);
    DoubleVector x1 = DoubleVector.fromArray(S, c, co + 2 * L),
        y1 = DoubleVector.fromArray(S, c, co + 3 * L);
    DoubleVector x2 = DoubleVector.fromArray(S, c, co + 4 * L),
        y2 = DoubleVector.fromArray(S, c, co + 5 * L);
    DoubleVector x3 = DoubleVector.fromArray(S, c, co + 6 * L),
        y3 = DoubleVector.fromArray(S, c, co + 7 * L);
    long p1 = po + 1 * step;
    long p2 = po + 2 * step;
    long p3 = po + 3 * step;
    for (int q = 0; q < k; q++) {
      long at = (long) q * ROW;
      DoubleVector w = DoubleVector.broadcast(S, a[ao + q]);
      x0 = w.fma(DoubleVector.fromMemorySegment(S, p, po + at, NATIVE), x0);
      y0 = w.fma(DoubleVector.fromMemorySegment(S, p, po + at + HALF, NATIVE), y0);
      x1 = w.fma(DoubleVector.fromMemorySegment(S, p, p1 + at, NATIVE), x1);
      y1 = w.fma(DoubleVector.fromMemorySegment(S, p, p1 + at + HALF, NATIVE), y1);
      x2 = w.fma(DoubleVector.fromMemorySegment(S, p, p2 + at, NATIVE), x2);
      y2 = w.fma(DoubleVector.fromMemorySegment(S, p, p2 + at + HALF, NATIVE), y2);
      x3 = w.fma(DoubleVector.fromMemorySegment(S, p, p3 + at, NATIVE), x3);
      y3 = w.fma(DoubleVector.fromMemorySegment(S, p, p3 + at + HALF, NATIVE), y3);
    }
    x0.intoArray(c, co + 0 * L);
    y0.intoArray(c, co + 1 * L);
    x1.intoArray(c, co + 2 * L);
    y1.intoArray(c, co + 3 * L);
    x2.intoArray(c, co + 4 * L);
    y2.intoArray(c, co + 5 * L);
    x3.intoArray(c, co + 6 * L);
    y3.intoArray(c, co + 7 * L);
  }

  private static void r1(int k, double[] a, int ao, MemorySegment p, long po, double[] c, int co) {
    int c0 = co;
    DoubleVector x0 = DoubleVector.fromArray(S, c, c0), y0 = DoubleVector.fromArray(S, c, c0 + L);
    for (int q = 0; q < k; q++) {
      long at = po + (long) q * ROW;
      DoubleVector u = DoubleVector.fromMemorySegment(S, p, at, NATIVE),
          v = DoubleVector.fromMemorySegment(S, p, at + HALF, NATIVE),
          w;
      w = DoubleVector.broadcast(S, a[ao + q]);
      x0 = w.fma(u, x0);
      y0 = w.fma(v, y0);
    }
    x0.intoArray(c, c0);
    y0.intoArray(c, c0 + L);
  }

  private static void r2(
      int k, double[] a, int ao, int lda, MemorySegment p, long po, double[] c, int co, int ldc) {
    int c0 = co;
    DoubleVector x0 = DoubleVector.fromArray(S, c, c0), y0 = DoubleVector.fromArray(S, c, c0 + L);
    int c1 = co + ldc;
    DoubleVector x1 = DoubleVector.fromArray(S, c, c1), y1 = DoubleVector.fromArray(S, c, c1 + L);
    int a1 = ao + lda;
    for (int q = 0; q < k; q++) {
      long at = po + (long) q * ROW;
      DoubleVector u = DoubleVector.fromMemorySegment(S, p, at, NATIVE),
          v = DoubleVector.fromMemorySegment(S, p, at + HALF, NATIVE),
          w;
      w = DoubleVector.broadcast(S, a[ao + q]);
      x0 = w.fma(u, x0);
      y0 = w.fma(v, y0);
      w = DoubleVector.broadcast(S, a[a1 + q]);
      x1 = w.fma(u, x1);
      y1 = w.fma(v, y1);
    }
    x0.intoArray(c, c0);
    y0.intoArray(c, c0 + L);
    x1.intoArray(c, c1);
    y1.intoArray(c, c1 + L);
  }

  private static void r4(
      int k, double[] a, int ao, int lda, MemorySegment p, long po, double[] c, int co, int ldc) {
    int c0 = co;
    DoubleVector x0 = DoubleVector.fromArray(S, c, c0), y0 = DoubleVector.fromArray(S, c, c0 + L);
    int c1 = co + ldc;
    DoubleVector x1 = DoubleVector.fromArray(S, c, c1), y1 = DoubleVector.fromArray(S, c, c1 + L);
    int c2 = co + 2 * ldc;
    DoubleVector x2 = DoubleVector.fromArray(S, c, c2), y2 = DoubleVector.fromArray(S, c, c2 + L);
    int c3 = co + 3 * ldc;
    DoubleVector x3 = DoubleVector.fromArray(S, c, c3), y3 = DoubleVector.fromArray(S, c, c3 + L);
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    for (int q = 0; q < k; q++) {
      long at = po + (long) q * ROW;
      DoubleVector u = DoubleVector.fromMemorySegment(S, p, at, NATIVE),
          v = DoubleVector.fromMemorySegment(S, p, at + HALF, NATIVE),
          w;
      w = DoubleVector.broadcast(S, a[ao + q]);
      x0 = w.fma(u, x0);
      y0 = w.fma(v, y0);
      w = DoubleVector.broadcast(S, a[a1 + q]);
      x1 = w.fma(u, x1);
      y1 = w.fma(v, y1);
      w = DoubleVector.broadcast(S, a[a2 + q]);
      x2 = w.fma(u, x2);
      y2 = w.fma(v, y2);
      w = DoubleVector.broadcast(S, a[a3 + q]);
      x3 = w.fma(u, x3);
      y3 = w.fma(v, y3);
    }
    x0.intoArray(c, c0);
    y0.intoArray(c, c0 + L);
    x1.intoArray(c, c1);
    y1.intoArray(c, c1 + L);
    x2.intoArray(c, c2);
    y2.intoArray(c, c2 + L);
    x3.intoArray(c, c3);
    y3.intoArray(c, c3 + L);
  }

  private static void r6(
      int k, double[] a, int ao, int lda, MemorySegment p, long po, double[] c, int co, int ldc) {
    int c0 = co;
    DoubleVector x0 = DoubleVector.fromArray(S, c, c0), y0 = DoubleVector.fromArray(S, c, c0 + L);
    int c1 = co + ldc;
    DoubleVector x1 = DoubleVector.fromArray(S, c, c1), y1 = DoubleVector.fromArray(S, c, c1 + L);
    int c2 = co + 2 * ldc;
    DoubleVector x2 = DoubleVector.fromArray(S, c, c2), y2 = DoubleVector.fromArray(S, c, c2 + L);
    int c3 = co + 3 * ldc;
    DoubleVector x3 = DoubleVector.fromArray(S, c, c3), y3 = DoubleVector.fromArray(S, c, c3 + L);
    int c4 = co + 4 * ldc;
    DoubleVector x4 = DoubleVector.fromArray(S, c, c4), y4 = DoubleVector.fromArray(S, c, c4 + L);
    int c5 = co + 5 * ldc;
    DoubleVector x5 = DoubleVector.fromArray(S, c, c5), y5 = DoubleVector.fromArray(S, c, c5 + L);
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int a4 = ao + 4 * lda;
    int a5 = ao + 5 * lda;
    for (int q = 0; q < k; q++) {
      long at = po + (long) q * ROW;
      DoubleVector u = DoubleVector.fromMemorySegment(S, p, at, NATIVE),
          v = DoubleVector.fromMemorySegment(S, p, at + HALF, NATIVE),
          w;
      w = DoubleVector.broadcast(S, a[ao + q]);
      x0 = w.fma(u, x0);
      y0 = w.fma(v, y0);
      w = DoubleVector.broadcast(S, a[a1 + q]);
      x1 = w.fma(u, x1);
      y1 = w.fma(v, y1);
      w = DoubleVector.broadcast(S, a[a2 + q]);
      x2 = w.fma(u, x2);
      y2 = w.fma(v, y2);
      w = DoubleVector.broadcast(S, a[a3 + q]);
      x3 = w.fma(u, x3);
      y3 = w.fma(v, y3);
      w = DoubleVector.broadcast(S, a[a4 + q]);
      x4 = w.fma(u, x4);
      y4 = w.fma(v, y4);
      w = DoubleVector.broadcast(S, a[a5 + q]);
      x5 = w.fma(u, x5);
      y5 = w.fma(v, y5);
    }
    x0.intoArray(c, c0);
    y0.intoArray(c, c0 + L);
    x1.intoArray(c, c1);
    y1.intoArray(c, c1 + L);
    x2.intoArray(c, c2);
    y2.intoArray(c, c2 + L);
    x3.intoArray(c, c3);
    y3.intoArray(c, c3 + L);
    x4.intoArray(c, c4);
    y4.intoArray(c, c4 + L);
    x5.intoArray(c, c5);
    y5.intoArray(c, c5 + L);
  }

  private static void r8(
      int k, double[] a, int ao, int lda, MemorySegment p, long po, double[] c, int co, int ldc) {
    int c0 = co;
    DoubleVector x0 = DoubleVector.fromArray(S, c, c0), y0 = DoubleVector.fromArray(S, c, c0 + L);
    int c1 = co + ldc;
    DoubleVector x1 = DoubleVector.fromArray(S, c, c1), y1 = DoubleVector.fromArray(S, c, c1 + L);
    int c2 = co + 2 * ldc;
    DoubleVector x2 = DoubleVector.fromArray(S, c, c2), y2 = DoubleVector.fromArray(S, c, c2 + L);
    int c3 = co + 3 * ldc;
    DoubleVector x3 = DoubleVector.fromArray(S, c, c3), y3 = DoubleVector.fromArray(S, c, c3 + L);
    int c4 = co + 4 * ldc;
    DoubleVector x4 = DoubleVector.fromArray(S, c, c4), y4 = DoubleVector.fromArray(S, c, c4 + L);
    int c5 = co + 5 * ldc;
    DoubleVector x5 = DoubleVector.fromArray(S, c, c5), y5 = DoubleVector.fromArray(S, c, c5 + L);
    int c6 = co + 6 * ldc;
    DoubleVector x6 = DoubleVector.fromArray(S, c, c6), y6 = DoubleVector.fromArray(S, c, c6 + L);
    int c7 = co + 7 * ldc;
    DoubleVector x7 = DoubleVector.fromArray(S, c, c7), y7 = DoubleVector.fromArray(S, c, c7 + L);
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int a4 = ao + 4 * lda;
    int a5 = ao + 5 * lda;
    int a6 = ao + 6 * lda;
    int a7 = ao + 7 * lda;
    for (int q = 0; q < k; q++) {
      long at = po + (long) q * ROW;
      DoubleVector u = DoubleVector.fromMemorySegment(S, p, at, NATIVE),
          v = DoubleVector.fromMemorySegment(S, p, at + HALF, NATIVE),
          w;
      w = DoubleVector.broadcast(S, a[ao + q]);
      x0 = w.fma(u, x0);
      y0 = w.fma(v, y0);
      w = DoubleVector.broadcast(S, a[a1 + q]);
      x1 = w.fma(u, x1);
      y1 = w.fma(v, y1);
      w = DoubleVector.broadcast(S, a[a2 + q]);
      x2 = w.fma(u, x2);
      y2 = w.fma(v, y2);
      w = DoubleVector.broadcast(S, a[a3 + q]);
      x3 = w.fma(u, x3);
      y3 = w.fma(v, y3);
      w = DoubleVector.broadcast(S, a[a4 + q]);
      x4 = w.fma(u, x4);
      y4 = w.fma(v, y4);
      w = DoubleVector.broadcast(S, a[a5 + q]);
      x5 = w.fma(u, x5);
      y5 = w.fma(v, y5);
      w = DoubleVector.broadcast(S, a[a6 + q]);
      x6 = w.fma(u, x6);
      y6 = w.fma(v, y6);
      w = DoubleVector.broadcast(S, a[a7 + q]);
      x7 = w.fma(u, x7);
      y7 = w.fma(v, y7);
    }
    x0.intoArray(c, c0);
    y0.intoArray(c, c0 + L);
    x1.intoArray(c, c1);
    y1.intoArray(c, c1 + L);
    x2.intoArray(c, c2);
    y2.intoArray(c, c2 + L);
    x3.intoArray(c, c3);
    y3.intoArray(c, c3 + L);
    x4.intoArray(c, c4);
    y4.intoArray(c, c4 + L);
    x5.intoArray(c, c5);
    y5.intoArray(c, c5 + L);
    x6.intoArray(c, c6);
    y6.intoArray(c, c6 + L);
    x7.intoArray(c, c7);
    y7.intoArray(c, c7 + L);
  }

  private static void r10(
      int k, double[] a, int ao, int lda, MemorySegment p, long po, double[] c, int co, int ldc) {
    int c0 = co;
    DoubleVector x0 = DoubleVector.fromArray(S, c, c0), y0 = DoubleVector.fromArray(S, c, c0 + L);
    int c1 = co + ldc;
    DoubleVector x1 = DoubleVector.fromArray(S, c, c1), y1 = DoubleVector.fromArray(S, c, c1 + L);
    int c2 = co + 2 * ldc;
    DoubleVector x2 = DoubleVector.fromArray(S, c, c2), y2 = DoubleVector.fromArray(S, c, c2 + L);
    int c3 = co + 3 * ldc;
    DoubleVector x3 = DoubleVector.fromArray(S, c, c3), y3 = DoubleVector.fromArray(S, c, c3 + L);
    int c4 = co + 4 * ldc;
    DoubleVector x4 = DoubleVector.fromArray(S, c, c4), y4 = DoubleVector.fromArray(S, c, c4 + L);
    int c5 = co + 5 * ldc;
    DoubleVector x5 = DoubleVector.fromArray(S, c, c5), y5 = DoubleVector.fromArray(S, c, c5 + L);
    int c6 = co + 6 * ldc;
    DoubleVector x6 = DoubleVector.fromArray(S, c, c6), y6 = DoubleVector.fromArray(S, c, c6 + L);
    int c7 = co + 7 * ldc;
    DoubleVector x7 = DoubleVector.fromArray(S, c, c7), y7 = DoubleVector.fromArray(S, c, c7 + L);
    int c8 = co + 8 * ldc;
    DoubleVector x8 = DoubleVector.fromArray(S, c, c8), y8 = DoubleVector.fromArray(S, c, c8 + L);
    int c9 = co + 9 * ldc;
    DoubleVector x9 = DoubleVector.fromArray(S, c, c9), y9 = DoubleVector.fromArray(S, c, c9 + L);
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int a4 = ao + 4 * lda;
    int a5 = ao + 5 * lda;
    int a6 = ao + 6 * lda;
    int a7 = ao + 7 * lda;
    int a8 = ao + 8 * lda;
    int a9 = ao + 9 * lda;
    for (int q = 0; q < k; q++) {
      long at = po + (long) q * ROW;
      DoubleVector u = DoubleVector.fromMemorySegment(S, p, at, NATIVE),
          v = DoubleVector.fromMemorySegment(S, p, at + HALF, NATIVE),
          w;
      w = DoubleVector.broadcast(S, a[ao + q]);
      x0 = w.fma(u, x0);
      y0 = w.fma(v, y0);
      w = DoubleVector.broadcast(S, a[a1 + q]);
      x1 = w.fma(u, x1);
      y1 = w.fma(v, y1);
      w = DoubleVector.broadcast(S, a[a2 + q]);
      x2 = w.fma(u, x2);
      y2 = w.fma(v, y2);
      w = DoubleVector.broadcast(S, a[a3 + q]);
      x3 = w.fma(u, x3);
      y3 = w.fma(v, y3);
      w = DoubleVector.broadcast(S, a[a4 + q]);
      x4 = w.fma(u, x4);
      y4 = w.fma(v, y4);
      w = DoubleVector.broadcast(S, a[a5 + q]);
      x5 = w.fma(u, x5);
      y5 = w.fma(v, y5);
      w = DoubleVector.broadcast(S, a[a6 + q]);
      x6 = w.fma(u, x6);
      y6 = w.fma(v, y6);
      w = DoubleVector.broadcast(S, a[a7 + q]);
      x7 = w.fma(u, x7);
      y7 = w.fma(v, y7);
      w = DoubleVector.broadcast(S, a[a8 + q]);
      x8 = w.fma(u, x8);
      y8 = w.fma(v, y8);
      w = DoubleVector.broadcast(S, a[a9 + q]);
      x9 = w.fma(u, x9);
      y9 = w.fma(v, y9);
    }
    x0.intoArray(c, c0);
    y0.intoArray(c, c0 + L);
    x1.intoArray(c, c1);
    y1.intoArray(c, c1 + L);
    x2.intoArray(c, c2);
    y2.intoArray(c, c2 + L);
    x3.intoArray(c, c3);
    y3.intoArray(c, c3 + L);
    x4.intoArray(c, c4);
    y4.intoArray(c, c4 + L);
    x5.intoArray(c, c5);
    y5.intoArray(c, c5 + L);
    x6.intoArray(c, c6);
    y6.intoArray(c, c6 + L);
    x7.intoArray(c, c7);
    y7.intoArray(c, c7 + L);
    x8.intoArray(c, c8);
    y8.intoArray(c, c8 + L);
    x9.intoArray(c, c9);
    y9.intoArray(c, c9 + L);
  }
}
