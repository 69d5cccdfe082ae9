package dev.unroll.tensor.simd;

import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernels of the float product over packed panels of one vector each, for 2, 4 or 6 rows.
 * All accumulators live in registers: of six rows by four panels where hardware has 32 of them, by
 * two elsewhere. Each starts from C, so that an element is one chain over ascending k however k is
 * cut.
 *
 * <p>Rows of A are a constant apart, so that one register addresses them all; panels lie in native
 * memory, where each vector is one cache line; they are streams that the hardware fetches ahead,
 * four of them sooner than two. Written out flat because helper methods, arrays of vectors and
 * unrolling over k each cost the compiler its registers (docs/kernels.md).
 */
final class FloatProduct {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = S.length();
  private static final long BYTES = S.vectorByteSize();
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  /** The distance between rows of A. */
  private static final int D = Kernels.ROW_DISTANCE;

  /** The largest block of rows. */
  private static final int ROWS = 6;

  /** Pairs of panels in a block, where all its accumulators have a register. */
  private static final int WIDE = S.vectorBitSize() >= 512 ? 2 : 1;

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
      for (int i = j; even > 0 && i < j + few; i += WIDE) {
        int wide = Math.min(WIDE, j + few - i);
        rows(wide, even, k, a, ao, p, po + 2L * i * half, half, c, co + i * 2 * L, ldc);
      }
      if (even < m) {
        int to = co + even * ldc + j * 2 * L;
        FloatRowProduct.pairs(few, k, a, ao + even * D, p, po + 2L * j * half, half, c, to);
      }
    }
  }

  /** Runs over an even number of rows, in the fewest blocks, all of about one height. */
  private static void rows(
      int wide,
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
      float[] a,
      int ao,
      MemorySegment p,
      long po,
      long half,
      float[] c,
      int co,
      int ldc) {
    switch (m) {
      case 2 -> quad2(k, a, ao, p, po, half, c, co, ldc);
      case 4 -> quad4(k, a, ao, p, po, half, c, co, ldc);
      default -> quad6(k, a, ao, p, po, half, c, co, ldc);
    }
  }

  private static void pair(
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
      case 2 -> pair2(k, a, ao, p, po, half, c, co, ldc);
      case 4 -> pair4(k, a, ao, p, po, half, c, co, ldc);
      default -> pair6(k, a, ao, p, po, half, c, co, ldc);
    }
  }

  private static void quad2(
      int k, float[] a, int ao, MemorySegment p, long po, long half, float[] c, int co, int ldc) {
    int c0 = co;
    FloatVector x0 = FloatVector.fromArray(S, c, c0);
    FloatVector y0 = FloatVector.fromArray(S, c, c0 + L);
    FloatVector z0 = FloatVector.fromArray(S, c, c0 + 2 * L);
    FloatVector t0 = FloatVector.fromArray(S, c, c0 + 3 * L);
    int c1 = co + ldc;
    FloatVector x1 = FloatVector.fromArray(S, c, c1);
    FloatVector y1 = FloatVector.fromArray(S, c, c1 + L);
    FloatVector z1 = FloatVector.fromArray(S, c, c1 + 2 * L);
    FloatVector t1 = FloatVector.fromArray(S, c, c1 + 3 * L);
    long p1 = po + half;
    long p2 = po + 2 * half;
    long p3 = po + 3 * half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector b0 = FloatVector.fromMemorySegment(S, p, po + at, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      FloatVector b2 = FloatVector.fromMemorySegment(S, p, p2 + at, NATIVE);
      FloatVector b3 = FloatVector.fromMemorySegment(S, p, p3 + at, NATIVE);
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      x0 = w.fma(b0, x0);
      y0 = w.fma(b1, y0);
      z0 = w.fma(b2, z0);
      t0 = w.fma(b3, t0);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      x1 = w.fma(b0, x1);
      y1 = w.fma(b1, y1);
      z1 = w.fma(b2, z1);
      t1 = w.fma(b3, t1);
    }
    x0.intoArray(c, c0);
    y0.intoArray(c, c0 + L);
    z0.intoArray(c, c0 + 2 * L);
    t0.intoArray(c, c0 + 3 * L);
    x1.intoArray(c, c1);
    y1.intoArray(c, c1 + L);
    z1.intoArray(c, c1 + 2 * L);
    t1.intoArray(c, c1 + 3 * L);
  }

  private static void quad4(
      int k, float[] a, int ao, MemorySegment p, long po, long half, float[] c, int co, int ldc) {
    int c0 = co;
    FloatVector x0 = FloatVector.fromArray(S, c, c0);
    FloatVector y0 = FloatVector.fromArray(S, c, c0 + L);
    FloatVector z0 = FloatVector.fromArray(S, c, c0 + 2 * L);
    FloatVector t0 = FloatVector.fromArray(S, c, c0 + 3 * L);
    int c1 = co + ldc;
    FloatVector x1 = FloatVector.fromArray(S, c, c1);
    FloatVector y1 = FloatVector.fromArray(S, c, c1 + L);
    FloatVector z1 = FloatVector.fromArray(S, c, c1 + 2 * L);
    FloatVector t1 = FloatVector.fromArray(S, c, c1 + 3 * L);
    int c2 = co + 2 * ldc;
    FloatVector x2 = FloatVector.fromArray(S, c, c2);
    FloatVector y2 = FloatVector.fromArray(S, c, c2 + L);
    FloatVector z2 = FloatVector.fromArray(S, c, c2 + 2 * L);
    FloatVector t2 = FloatVector.fromArray(S, c, c2 + 3 * L);
    int c3 = co + 3 * ldc;
    FloatVector x3 = FloatVector.fromArray(S, c, c3);
    FloatVector y3 = FloatVector.fromArray(S, c, c3 + L);
    FloatVector z3 = FloatVector.fromArray(S, c, c3 + 2 * L);
    FloatVector t3 = FloatVector.fromArray(S, c, c3 + 3 * L);
    long p1 = po + half;
    long p2 = po + 2 * half;
    long p3 = po + 3 * half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector b0 = FloatVector.fromMemorySegment(S, p, po + at, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      FloatVector b2 = FloatVector.fromMemorySegment(S, p, p2 + at, NATIVE);
      FloatVector b3 = FloatVector.fromMemorySegment(S, p, p3 + at, NATIVE);
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      x0 = w.fma(b0, x0);
      y0 = w.fma(b1, y0);
      z0 = w.fma(b2, z0);
      t0 = w.fma(b3, t0);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      x1 = w.fma(b0, x1);
      y1 = w.fma(b1, y1);
      z1 = w.fma(b2, z1);
      t1 = w.fma(b3, t1);
      w = FloatVector.broadcast(S, a[ao + 2 * D + q]);
      x2 = w.fma(b0, x2);
      y2 = w.fma(b1, y2);
      z2 = w.fma(b2, z2);
      t2 = w.fma(b3, t2);
      w = FloatVector.broadcast(S, a[ao + 3 * D + q]);
      x3 = w.fma(b0, x3);
      y3 = w.fma(b1, y3);
      z3 = w.fma(b2, z3);
      t3 = w.fma(b3, t3);
    }
    x0.intoArray(c, c0);
    y0.intoArray(c, c0 + L);
    z0.intoArray(c, c0 + 2 * L);
    t0.intoArray(c, c0 + 3 * L);
    x1.intoArray(c, c1);
    y1.intoArray(c, c1 + L);
    z1.intoArray(c, c1 + 2 * L);
    t1.intoArray(c, c1 + 3 * L);
    x2.intoArray(c, c2);
    y2.intoArray(c, c2 + L);
    z2.intoArray(c, c2 + 2 * L);
    t2.intoArray(c, c2 + 3 * L);
    x3.intoArray(c, c3);
    y3.intoArray(c, c3 + L);
    z3.intoArray(c, c3 + 2 * L);
    t3.intoArray(c, c3 + 3 * L);
  }

  private static void quad6(
      int k, float[] a, int ao, MemorySegment p, long po, long half, float[] c, int co, int ldc) {
    int c0 = co;
    FloatVector x0 = FloatVector.fromArray(S, c, c0);
    FloatVector y0 = FloatVector.fromArray(S, c, c0 + L);
    FloatVector z0 = FloatVector.fromArray(S, c, c0 + 2 * L);
    FloatVector t0 = FloatVector.fromArray(S, c, c0 + 3 * L);
    int c1 = co + ldc;
    FloatVector x1 = FloatVector.fromArray(S, c, c1);
    FloatVector y1 = FloatVector.fromArray(S, c, c1 + L);
    FloatVector z1 = FloatVector.fromArray(S, c, c1 + 2 * L);
    FloatVector t1 = FloatVector.fromArray(S, c, c1 + 3 * L);
    int c2 = co + 2 * ldc;
    FloatVector x2 = FloatVector.fromArray(S, c, c2);
    FloatVector y2 = FloatVector.fromArray(S, c, c2 + L);
    FloatVector z2 = FloatVector.fromArray(S, c, c2 + 2 * L);
    FloatVector t2 = FloatVector.fromArray(S, c, c2 + 3 * L);
    int c3 = co + 3 * ldc;
    FloatVector x3 = FloatVector.fromArray(S, c, c3);
    FloatVector y3 = FloatVector.fromArray(S, c, c3 + L);
    FloatVector z3 = FloatVector.fromArray(S, c, c3 + 2 * L);
    FloatVector t3 = FloatVector.fromArray(S, c, c3 + 3 * L);
    int c4 = co + 4 * ldc;
    FloatVector x4 = FloatVector.fromArray(S, c, c4);
    FloatVector y4 = FloatVector.fromArray(S, c, c4 + L);
    FloatVector z4 = FloatVector.fromArray(S, c, c4 + 2 * L);
    FloatVector t4 = FloatVector.fromArray(S, c, c4 + 3 * L);
    int c5 = co + 5 * ldc;
    FloatVector x5 = FloatVector.fromArray(S, c, c5);
    FloatVector y5 = FloatVector.fromArray(S, c, c5 + L);
    FloatVector z5 = FloatVector.fromArray(S, c, c5 + 2 * L);
    FloatVector t5 = FloatVector.fromArray(S, c, c5 + 3 * L);
    long p1 = po + half;
    long p2 = po + 2 * half;
    long p3 = po + 3 * half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector b0 = FloatVector.fromMemorySegment(S, p, po + at, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      FloatVector b2 = FloatVector.fromMemorySegment(S, p, p2 + at, NATIVE);
      FloatVector b3 = FloatVector.fromMemorySegment(S, p, p3 + at, NATIVE);
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      x0 = w.fma(b0, x0);
      y0 = w.fma(b1, y0);
      z0 = w.fma(b2, z0);
      t0 = w.fma(b3, t0);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      x1 = w.fma(b0, x1);
      y1 = w.fma(b1, y1);
      z1 = w.fma(b2, z1);
      t1 = w.fma(b3, t1);
      w = FloatVector.broadcast(S, a[ao + 2 * D + q]);
      x2 = w.fma(b0, x2);
      y2 = w.fma(b1, y2);
      z2 = w.fma(b2, z2);
      t2 = w.fma(b3, t2);
      w = FloatVector.broadcast(S, a[ao + 3 * D + q]);
      x3 = w.fma(b0, x3);
      y3 = w.fma(b1, y3);
      z3 = w.fma(b2, z3);
      t3 = w.fma(b3, t3);
      w = FloatVector.broadcast(S, a[ao + 4 * D + q]);
      x4 = w.fma(b0, x4);
      y4 = w.fma(b1, y4);
      z4 = w.fma(b2, z4);
      t4 = w.fma(b3, t4);
      w = FloatVector.broadcast(S, a[ao + 5 * D + q]);
      x5 = w.fma(b0, x5);
      y5 = w.fma(b1, y5);
      z5 = w.fma(b2, z5);
      t5 = w.fma(b3, t5);
    }
    x0.intoArray(c, c0);
    y0.intoArray(c, c0 + L);
    z0.intoArray(c, c0 + 2 * L);
    t0.intoArray(c, c0 + 3 * L);
    x1.intoArray(c, c1);
    y1.intoArray(c, c1 + L);
    z1.intoArray(c, c1 + 2 * L);
    t1.intoArray(c, c1 + 3 * L);
    x2.intoArray(c, c2);
    y2.intoArray(c, c2 + L);
    z2.intoArray(c, c2 + 2 * L);
    t2.intoArray(c, c2 + 3 * L);
    x3.intoArray(c, c3);
    y3.intoArray(c, c3 + L);
    z3.intoArray(c, c3 + 2 * L);
    t3.intoArray(c, c3 + 3 * L);
    x4.intoArray(c, c4);
    y4.intoArray(c, c4 + L);
    z4.intoArray(c, c4 + 2 * L);
    t4.intoArray(c, c4 + 3 * L);
    x5.intoArray(c, c5);
    y5.intoArray(c, c5 + L);
    z5.intoArray(c, c5 + 2 * L);
    t5.intoArray(c, c5 + 3 * L);
  }

  private static void pair2(
      int k, float[] a, int ao, MemorySegment p, long po, long half, float[] c, int co, int ldc) {
    int c0 = co;
    FloatVector x0 = FloatVector.fromArray(S, c, c0), y0 = FloatVector.fromArray(S, c, c0 + L);
    int c1 = co + ldc;
    FloatVector x1 = FloatVector.fromArray(S, c, c1), y1 = FloatVector.fromArray(S, c, c1 + L);
    long p1 = po + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector b0 = FloatVector.fromMemorySegment(S, p, po + at, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      x0 = w.fma(b0, x0);
      y0 = w.fma(b1, y0);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      x1 = w.fma(b0, x1);
      y1 = w.fma(b1, y1);
    }
    x0.intoArray(c, c0);
    y0.intoArray(c, c0 + L);
    x1.intoArray(c, c1);
    y1.intoArray(c, c1 + L);
  }

  private static void pair4(
      int k, float[] a, int ao, MemorySegment p, long po, long half, float[] c, int co, int ldc) {
    int c0 = co;
    FloatVector x0 = FloatVector.fromArray(S, c, c0), y0 = FloatVector.fromArray(S, c, c0 + L);
    int c1 = co + ldc;
    FloatVector x1 = FloatVector.fromArray(S, c, c1), y1 = FloatVector.fromArray(S, c, c1 + L);
    int c2 = co + 2 * ldc;
    FloatVector x2 = FloatVector.fromArray(S, c, c2), y2 = FloatVector.fromArray(S, c, c2 + L);
    int c3 = co + 3 * ldc;
    FloatVector x3 = FloatVector.fromArray(S, c, c3), y3 = FloatVector.fromArray(S, c, c3 + L);
    long p1 = po + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector b0 = FloatVector.fromMemorySegment(S, p, po + at, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      x0 = w.fma(b0, x0);
      y0 = w.fma(b1, y0);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      x1 = w.fma(b0, x1);
      y1 = w.fma(b1, y1);
      w = FloatVector.broadcast(S, a[ao + 2 * D + q]);
      x2 = w.fma(b0, x2);
      y2 = w.fma(b1, y2);
      w = FloatVector.broadcast(S, a[ao + 3 * D + q]);
      x3 = w.fma(b0, x3);
      y3 = w.fma(b1, y3);
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

  private static void pair6(
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
    long p1 = po + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector b0 = FloatVector.fromMemorySegment(S, p, po + at, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      x0 = w.fma(b0, x0);
      y0 = w.fma(b1, y0);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      x1 = w.fma(b0, x1);
      y1 = w.fma(b1, y1);
      w = FloatVector.broadcast(S, a[ao + 2 * D + q]);
      x2 = w.fma(b0, x2);
      y2 = w.fma(b1, y2);
      w = FloatVector.broadcast(S, a[ao + 3 * D + q]);
      x3 = w.fma(b0, x3);
      y3 = w.fma(b1, y3);
      w = FloatVector.broadcast(S, a[ao + 4 * D + q]);
      x4 = w.fma(b0, x4);
      y4 = w.fma(b1, y4);
      w = FloatVector.broadcast(S, a[ao + 5 * D + q]);
      x5 = w.fma(b0, x5);
      y5 = w.fma(b1, y5);
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
}
