package dev.unroll.tensor.simd;

import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernels of the float product over packed panels, for 2, 4, 6, 8, 10 or 12 rows, two
 * panels of one vector each. All accumulators live in registers: twelve rows fill the 32 registers
 * of 512-bit hardware, six those of the others. Each starts from C, so that an element is one chain
 * over ascending k however k is cut.
 *
 * <p>Rows of A are a constant apart, so that one register addresses them all; panels lie in native
 * memory, where each vector is one cache line; the two of a pair are two streams that the hardware
 * fetches ahead. Written out flat because helper methods, arrays of vectors and unrolling over k
 * each cost the compiler its registers (docs/kernels.md).
 */
final class FloatProduct {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = S.length();
  private static final long BYTES = S.vectorByteSize();
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  /** The distance between rows of A. */
  private static final int D = Kernels.ROW_DISTANCE;

  /** The largest block of rows. */
  private static final int ROWS = S.vectorBitSize() >= 512 ? 12 : 6;

  /** Pairs that a last row goes down at a time. */
  private static final int TOGETHER = 4;

  private FloatProduct() {}

  /** Runs over pairs of panels, {@code half} bytes from panel to panel. */
  static void pairs(
      int n,
      int m,
      int k,
      float[] a,
      int ao,
      MemorySegment p,
      long po,
      long half,
      float[] c,
      int co,
      int ldc) {
    int even = m / 2 * 2;
    for (int j = 0; j < n; j += TOGETHER) {
      int few = Math.min(TOGETHER, n - j);
      for (int i = j; even > 0 && i < j + few; i++) {
        rows(even, k, a, ao, p, po + 2L * i * half, half, c, co + i * 2 * L, ldc);
      }
      if (even < m) {
        int to = co + even * ldc + j * 2 * L;
        FloatRowProduct.pairs(few, k, a, ao + even * D, p, po + 2L * j * half, half, c, to);
      }
    }
  }

  /** Runs over an even number of rows, in the fewest blocks, all of about one height. */
  private static void rows(
      int m,
      int k,
      float[] a,
      int ao,
      MemorySegment p,
      long po,
      long half,
      float[] c,
      int co,
      int ldc) {
    for (int i = 0; i < m; ) {
      int blocks = (m - i + ROWS - 1) / ROWS;
      int n = (m - i + 2 * blocks - 1) / (2 * blocks) * 2;
      block(n, k, a, ao + i * D, p, po, half, c, co + i * ldc, ldc);
      i += n;
    }
  }

  private static void block(
      int m,
      int k,
      float[] a,
      int ao,
      MemorySegment p,
      long po,
      long half,
      float[] c,
      int co,
      int ldc) {
    switch (m) {
      case 2 -> r2(k, a, ao, p, po, half, c, co, ldc);
      case 4 -> r4(k, a, ao, p, po, half, c, co, ldc);
      case 6 -> r6(k, a, ao, p, po, half, c, co, ldc);
      case 8 -> r8(k, a, ao, p, po, half, c, co, ldc);
      case 10 -> r10(k, a, ao, p, po, half, c, co, ldc);
      case 12 -> r12(k, a, ao, p, po, half, c, co, ldc);
      default -> throw new IllegalArgumentException("[product] rows: " + m);
    }
  }

  private static void r2(
      int k, float[] a, int ao, MemorySegment p, long po, long half, float[] c, int co, int ldc) {
    int c0 = co;
    FloatVector x0 = FloatVector.fromArray(S, c, c0), y0 = FloatVector.fromArray(S, c, c0 + L);
    int c1 = co + ldc;
    FloatVector x1 = FloatVector.fromArray(S, c, c1), y1 = FloatVector.fromArray(S, c, c1 + L);
    long other = po + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector u = FloatVector.fromMemorySegment(S, p, po + at, NATIVE),
          v = FloatVector.fromMemorySegment(S, p, other + at, NATIVE),
          w;
      w = FloatVector.broadcast(S, a[ao + q]);
      x0 = w.fma(u, x0);
      y0 = w.fma(v, y0);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      x1 = w.fma(u, x1);
      y1 = w.fma(v, y1);
    }
    x0.intoArray(c, c0);
    y0.intoArray(c, c0 + L);
    x1.intoArray(c, c1);
    y1.intoArray(c, c1 + L);
  }

  private static void r4(
      int k, float[] a, int ao, MemorySegment p, long po, long half, float[] c, int co, int ldc) {
    int c0 = co;
    FloatVector x0 = FloatVector.fromArray(S, c, c0), y0 = FloatVector.fromArray(S, c, c0 + L);
    int c1 = co + ldc;
    FloatVector x1 = FloatVector.fromArray(S, c, c1), y1 = FloatVector.fromArray(S, c, c1 + L);
    int c2 = co + 2 * ldc;
    FloatVector x2 = FloatVector.fromArray(S, c, c2), y2 = FloatVector.fromArray(S, c, c2 + L);
    int c3 = co + 3 * ldc;
    FloatVector x3 = FloatVector.fromArray(S, c, c3), y3 = FloatVector.fromArray(S, c, c3 + L);
    long other = po + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector u = FloatVector.fromMemorySegment(S, p, po + at, NATIVE),
          v = FloatVector.fromMemorySegment(S, p, other + at, NATIVE),
          w;
      w = FloatVector.broadcast(S, a[ao + q]);
      x0 = w.fma(u, x0);
      y0 = w.fma(v, y0);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      x1 = w.fma(u, x1);
      y1 = w.fma(v, y1);
      w = FloatVector.broadcast(S, a[ao + 2 * D + q]);
      x2 = w.fma(u, x2);
      y2 = w.fma(v, y2);
      w = FloatVector.broadcast(S, a[ao + 3 * D + q]);
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
      int k, float[] a, int ao, MemorySegment p, long po, long half, float[] c, int co, int ldc) {
    int c0 = co;
    FloatVector x0 = FloatVector.fromArray(S, c, c0), y0 = FloatVector.fromArray(S, c, c0 + L);
    int c1 = co + ldc;
    FloatVector x1 = FloatVector.fromArray(S, c, c1), y1 = FloatVector.fromArray(S, c, c1 + L);
    int c2 = co + 2 * ldc;
    FloatVector x2 = FloatVector.fromArray(S, c, c2), y2 = FloatVector.fromArray(S, c, c2 + L);
    int c3 = co + 3 * ldc;
    FloatVector x3 = FloatVector.fromArray(S, c, c3), y3 = FloatVector.fromArray(S, c, c3 + L);
    int c4 = co + 4 * ldc;
    FloatVector x4 = FloatVector.fromArray(S, c, c4), y4 = FloatVector.fromArray(S, c, c4 + L);
    int c5 = co + 5 * ldc;
    FloatVector x5 = FloatVector.fromArray(S, c, c5), y5 = FloatVector.fromArray(S, c, c5 + L);
    long other = po + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector u = FloatVector.fromMemorySegment(S, p, po + at, NATIVE),
          v = FloatVector.fromMemorySegment(S, p, other + at, NATIVE),
          w;
      w = FloatVector.broadcast(S, a[ao + q]);
      x0 = w.fma(u, x0);
      y0 = w.fma(v, y0);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      x1 = w.fma(u, x1);
      y1 = w.fma(v, y1);
      w = FloatVector.broadcast(S, a[ao + 2 * D + q]);
      x2 = w.fma(u, x2);
      y2 = w.fma(v, y2);
      w = FloatVector.broadcast(S, a[ao + 3 * D + q]);
      x3 = w.fma(u, x3);
      y3 = w.fma(v, y3);
      w = FloatVector.broadcast(S, a[ao + 4 * D + q]);
      x4 = w.fma(u, x4);
      y4 = w.fma(v, y4);
      w = FloatVector.broadcast(S, a[ao + 5 * D + q]);
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
      int k, float[] a, int ao, MemorySegment p, long po, long half, float[] c, int co, int ldc) {
    int c0 = co;
    FloatVector x0 = FloatVector.fromArray(S, c, c0), y0 = FloatVector.fromArray(S, c, c0 + L);
    int c1 = co + ldc;
    FloatVector x1 = FloatVector.fromArray(S, c, c1), y1 = FloatVector.fromArray(S, c, c1 + L);
    int c2 = co + 2 * ldc;
    FloatVector x2 = FloatVector.fromArray(S, c, c2), y2 = FloatVector.fromArray(S, c, c2 + L);
    int c3 = co + 3 * ldc;
    FloatVector x3 = FloatVector.fromArray(S, c, c3), y3 = FloatVector.fromArray(S, c, c3 + L);
    int c4 = co + 4 * ldc;
    FloatVector x4 = FloatVector.fromArray(S, c, c4), y4 = FloatVector.fromArray(S, c, c4 + L);
    int c5 = co + 5 * ldc;
    FloatVector x5 = FloatVector.fromArray(S, c, c5), y5 = FloatVector.fromArray(S, c, c5 + L);
    int c6 = co + 6 * ldc;
    FloatVector x6 = FloatVector.fromArray(S, c, c6), y6 = FloatVector.fromArray(S, c, c6 + L);
    int c7 = co + 7 * ldc;
    FloatVector x7 = FloatVector.fromArray(S, c, c7), y7 = FloatVector.fromArray(S, c, c7 + L);
    long other = po + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector u = FloatVector.fromMemorySegment(S, p, po + at, NATIVE),
          v = FloatVector.fromMemorySegment(S, p, other + at, NATIVE),
          w;
      w = FloatVector.broadcast(S, a[ao + q]);
      x0 = w.fma(u, x0);
      y0 = w.fma(v, y0);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      x1 = w.fma(u, x1);
      y1 = w.fma(v, y1);
      w = FloatVector.broadcast(S, a[ao + 2 * D + q]);
      x2 = w.fma(u, x2);
      y2 = w.fma(v, y2);
      w = FloatVector.broadcast(S, a[ao + 3 * D + q]);
      x3 = w.fma(u, x3);
      y3 = w.fma(v, y3);
      w = FloatVector.broadcast(S, a[ao + 4 * D + q]);
      x4 = w.fma(u, x4);
      y4 = w.fma(v, y4);
      w = FloatVector.broadcast(S, a[ao + 5 * D + q]);
      x5 = w.fma(u, x5);
      y5 = w.fma(v, y5);
      w = FloatVector.broadcast(S, a[ao + 6 * D + q]);
      x6 = w.fma(u, x6);
      y6 = w.fma(v, y6);
      w = FloatVector.broadcast(S, a[ao + 7 * D + q]);
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
      int k, float[] a, int ao, MemorySegment p, long po, long half, float[] c, int co, int ldc) {
    int c0 = co;
    FloatVector x0 = FloatVector.fromArray(S, c, c0), y0 = FloatVector.fromArray(S, c, c0 + L);
    int c1 = co + ldc;
    FloatVector x1 = FloatVector.fromArray(S, c, c1), y1 = FloatVector.fromArray(S, c, c1 + L);
    int c2 = co + 2 * ldc;
    FloatVector x2 = FloatVector.fromArray(S, c, c2), y2 = FloatVector.fromArray(S, c, c2 + L);
    int c3 = co + 3 * ldc;
    FloatVector x3 = FloatVector.fromArray(S, c, c3), y3 = FloatVector.fromArray(S, c, c3 + L);
    int c4 = co + 4 * ldc;
    FloatVector x4 = FloatVector.fromArray(S, c, c4), y4 = FloatVector.fromArray(S, c, c4 + L);
    int c5 = co + 5 * ldc;
    FloatVector x5 = FloatVector.fromArray(S, c, c5), y5 = FloatVector.fromArray(S, c, c5 + L);
    int c6 = co + 6 * ldc;
    FloatVector x6 = FloatVector.fromArray(S, c, c6), y6 = FloatVector.fromArray(S, c, c6 + L);
    int c7 = co + 7 * ldc;
    FloatVector x7 = FloatVector.fromArray(S, c, c7), y7 = FloatVector.fromArray(S, c, c7 + L);
    int c8 = co + 8 * ldc;
    FloatVector x8 = FloatVector.fromArray(S, c, c8), y8 = FloatVector.fromArray(S, c, c8 + L);
    int c9 = co + 9 * ldc;
    FloatVector x9 = FloatVector.fromArray(S, c, c9), y9 = FloatVector.fromArray(S, c, c9 + L);
    long other = po + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector u = FloatVector.fromMemorySegment(S, p, po + at, NATIVE),
          v = FloatVector.fromMemorySegment(S, p, other + at, NATIVE),
          w;
      w = FloatVector.broadcast(S, a[ao + q]);
      x0 = w.fma(u, x0);
      y0 = w.fma(v, y0);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      x1 = w.fma(u, x1);
      y1 = w.fma(v, y1);
      w = FloatVector.broadcast(S, a[ao + 2 * D + q]);
      x2 = w.fma(u, x2);
      y2 = w.fma(v, y2);
      w = FloatVector.broadcast(S, a[ao + 3 * D + q]);
      x3 = w.fma(u, x3);
      y3 = w.fma(v, y3);
      w = FloatVector.broadcast(S, a[ao + 4 * D + q]);
      x4 = w.fma(u, x4);
      y4 = w.fma(v, y4);
      w = FloatVector.broadcast(S, a[ao + 5 * D + q]);
      x5 = w.fma(u, x5);
      y5 = w.fma(v, y5);
      w = FloatVector.broadcast(S, a[ao + 6 * D + q]);
      x6 = w.fma(u, x6);
      y6 = w.fma(v, y6);
      w = FloatVector.broadcast(S, a[ao + 7 * D + q]);
      x7 = w.fma(u, x7);
      y7 = w.fma(v, y7);
      w = FloatVector.broadcast(S, a[ao + 8 * D + q]);
      x8 = w.fma(u, x8);
      y8 = w.fma(v, y8);
      w = FloatVector.broadcast(S, a[ao + 9 * D + q]);
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

  private static void r12(
      int k, float[] a, int ao, MemorySegment p, long po, long half, float[] c, int co, int ldc) {
    int c0 = co;
    FloatVector x0 = FloatVector.fromArray(S, c, c0), y0 = FloatVector.fromArray(S, c, c0 + L);
    int c1 = co + ldc;
    FloatVector x1 = FloatVector.fromArray(S, c, c1), y1 = FloatVector.fromArray(S, c, c1 + L);
    int c2 = co + 2 * ldc;
    FloatVector x2 = FloatVector.fromArray(S, c, c2), y2 = FloatVector.fromArray(S, c, c2 + L);
    int c3 = co + 3 * ldc;
    FloatVector x3 = FloatVector.fromArray(S, c, c3), y3 = FloatVector.fromArray(S, c, c3 + L);
    int c4 = co + 4 * ldc;
    FloatVector x4 = FloatVector.fromArray(S, c, c4), y4 = FloatVector.fromArray(S, c, c4 + L);
    int c5 = co + 5 * ldc;
    FloatVector x5 = FloatVector.fromArray(S, c, c5), y5 = FloatVector.fromArray(S, c, c5 + L);
    int c6 = co + 6 * ldc;
    FloatVector x6 = FloatVector.fromArray(S, c, c6), y6 = FloatVector.fromArray(S, c, c6 + L);
    int c7 = co + 7 * ldc;
    FloatVector x7 = FloatVector.fromArray(S, c, c7), y7 = FloatVector.fromArray(S, c, c7 + L);
    int c8 = co + 8 * ldc;
    FloatVector x8 = FloatVector.fromArray(S, c, c8), y8 = FloatVector.fromArray(S, c, c8 + L);
    int c9 = co + 9 * ldc;
    FloatVector x9 = FloatVector.fromArray(S, c, c9), y9 = FloatVector.fromArray(S, c, c9 + L);
    int c10 = co + 10 * ldc;
    FloatVector x10 = FloatVector.fromArray(S, c, c10), y10 = FloatVector.fromArray(S, c, c10 + L);
    int c11 = co + 11 * ldc;
    FloatVector x11 = FloatVector.fromArray(S, c, c11), y11 = FloatVector.fromArray(S, c, c11 + L);
    long other = po + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector u = FloatVector.fromMemorySegment(S, p, po + at, NATIVE),
          v = FloatVector.fromMemorySegment(S, p, other + at, NATIVE),
          w;
      w = FloatVector.broadcast(S, a[ao + q]);
      x0 = w.fma(u, x0);
      y0 = w.fma(v, y0);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      x1 = w.fma(u, x1);
      y1 = w.fma(v, y1);
      w = FloatVector.broadcast(S, a[ao + 2 * D + q]);
      x2 = w.fma(u, x2);
      y2 = w.fma(v, y2);
      w = FloatVector.broadcast(S, a[ao + 3 * D + q]);
      x3 = w.fma(u, x3);
      y3 = w.fma(v, y3);
      w = FloatVector.broadcast(S, a[ao + 4 * D + q]);
      x4 = w.fma(u, x4);
      y4 = w.fma(v, y4);
      w = FloatVector.broadcast(S, a[ao + 5 * D + q]);
      x5 = w.fma(u, x5);
      y5 = w.fma(v, y5);
      w = FloatVector.broadcast(S, a[ao + 6 * D + q]);
      x6 = w.fma(u, x6);
      y6 = w.fma(v, y6);
      w = FloatVector.broadcast(S, a[ao + 7 * D + q]);
      x7 = w.fma(u, x7);
      y7 = w.fma(v, y7);
      w = FloatVector.broadcast(S, a[ao + 8 * D + q]);
      x8 = w.fma(u, x8);
      y8 = w.fma(v, y8);
      w = FloatVector.broadcast(S, a[ao + 9 * D + q]);
      x9 = w.fma(u, x9);
      y9 = w.fma(v, y9);
      w = FloatVector.broadcast(S, a[ao + 10 * D + q]);
      x10 = w.fma(u, x10);
      y10 = w.fma(v, y10);
      w = FloatVector.broadcast(S, a[ao + 11 * D + q]);
      x11 = w.fma(u, x11);
      y11 = w.fma(v, y11);
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
    x10.intoArray(c, c10);
    y10.intoArray(c, c10 + L);
    x11.intoArray(c, c11);
    y11.intoArray(c, c11 + L);
  }
}
