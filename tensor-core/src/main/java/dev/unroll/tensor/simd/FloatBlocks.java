// Generated from ProductBlocks by TwinsTest (-Dunroll.golden=update); do not edit.
package dev.unroll.tensor.simd;

import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The micro-kernels of {@link FloatProduct}, by the rows and panels of a block. */
final class FloatBlocks {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = S.length();
  private static final long BYTES = S.vectorByteSize();
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  /** The distance between rows of A. */
  private static final int D = Kernels.ROW_DISTANCE;

  private FloatBlocks() {}

  /** Adds to 1 x 8 vectors; panels lie {@code half} bytes apart. */
  static void block1x8(
      int k, float[] a, int ao, MemorySegment p, long p0, long half, float[] c, int c0) {
    FloatVector s00 = FloatVector.fromArray(S, c, c0);
    FloatVector s01 = FloatVector.fromArray(S, c, c0 + L);
    FloatVector s02 = FloatVector.fromArray(S, c, c0 + 2 * L);
    FloatVector s03 = FloatVector.fromArray(S, c, c0 + 3 * L);
    FloatVector s04 = FloatVector.fromArray(S, c, c0 + 4 * L);
    FloatVector s05 = FloatVector.fromArray(S, c, c0 + 5 * L);
    FloatVector s06 = FloatVector.fromArray(S, c, c0 + 6 * L);
    FloatVector s07 = FloatVector.fromArray(S, c, c0 + 7 * L);
    long p1 = p0 + half;
    long p2 = p0 + 2 * half;
    long p3 = p0 + 3 * half;
    long p4 = p0 + 4 * half;
    long p5 = p0 + 5 * half;
    long p6 = p0 + 6 * half;
    long p7 = p0 + 7 * half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      s00 = w.fma(FloatVector.fromMemorySegment(S, p, p0 + at, NATIVE), s00);
      s01 = w.fma(FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE), s01);
      s02 = w.fma(FloatVector.fromMemorySegment(S, p, p2 + at, NATIVE), s02);
      s03 = w.fma(FloatVector.fromMemorySegment(S, p, p3 + at, NATIVE), s03);
      s04 = w.fma(FloatVector.fromMemorySegment(S, p, p4 + at, NATIVE), s04);
      s05 = w.fma(FloatVector.fromMemorySegment(S, p, p5 + at, NATIVE), s05);
      s06 = w.fma(FloatVector.fromMemorySegment(S, p, p6 + at, NATIVE), s06);
      s07 = w.fma(FloatVector.fromMemorySegment(S, p, p7 + at, NATIVE), s07);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + L);
    s02.intoArray(c, c0 + 2 * L);
    s03.intoArray(c, c0 + 3 * L);
    s04.intoArray(c, c0 + 4 * L);
    s05.intoArray(c, c0 + 5 * L);
    s06.intoArray(c, c0 + 6 * L);
    s07.intoArray(c, c0 + 7 * L);
  }

  /** Adds to 1 x 2 vectors; panels lie {@code half} bytes apart. */
  static void block1x2(
      int k, float[] a, int ao, MemorySegment p, long p0, long half, float[] c, int c0) {
    FloatVector s00 = FloatVector.fromArray(S, c, c0);
    FloatVector s01 = FloatVector.fromArray(S, c, c0 + L);
    long p1 = p0 + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      s00 = w.fma(FloatVector.fromMemorySegment(S, p, p0 + at, NATIVE), s00);
      s01 = w.fma(FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE), s01);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + L);
  }

  /** Adds to 2 x 4 vectors; panels lie {@code half} bytes apart. */
  static void block2x4(
      int k, float[] a, int ao, MemorySegment p, long p0, long half, float[] c, int c0, int ldc) {
    int c1 = c0 + ldc;
    FloatVector s00 = FloatVector.fromArray(S, c, c0);
    FloatVector s01 = FloatVector.fromArray(S, c, c0 + L);
    FloatVector s02 = FloatVector.fromArray(S, c, c0 + 2 * L);
    FloatVector s03 = FloatVector.fromArray(S, c, c0 + 3 * L);
    FloatVector s10 = FloatVector.fromArray(S, c, c1);
    FloatVector s11 = FloatVector.fromArray(S, c, c1 + L);
    FloatVector s12 = FloatVector.fromArray(S, c, c1 + 2 * L);
    FloatVector s13 = FloatVector.fromArray(S, c, c1 + 3 * L);
    long p1 = p0 + half;
    long p2 = p0 + 2 * half;
    long p3 = p0 + 3 * half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector b0 = FloatVector.fromMemorySegment(S, p, p0 + at, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      FloatVector b2 = FloatVector.fromMemorySegment(S, p, p2 + at, NATIVE);
      FloatVector b3 = FloatVector.fromMemorySegment(S, p, p3 + at, NATIVE);
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      s00 = w.fma(b0, s00);
      s01 = w.fma(b1, s01);
      s02 = w.fma(b2, s02);
      s03 = w.fma(b3, s03);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      s10 = w.fma(b0, s10);
      s11 = w.fma(b1, s11);
      s12 = w.fma(b2, s12);
      s13 = w.fma(b3, s13);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + L);
    s02.intoArray(c, c0 + 2 * L);
    s03.intoArray(c, c0 + 3 * L);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + L);
    s12.intoArray(c, c1 + 2 * L);
    s13.intoArray(c, c1 + 3 * L);
  }

  /** Adds to 4 x 4 vectors; panels lie {@code half} bytes apart. */
  static void block4x4(
      int k, float[] a, int ao, MemorySegment p, long p0, long half, float[] c, int c0, int ldc) {
    int c1 = c0 + ldc;
    int c2 = c0 + 2 * ldc;
    int c3 = c0 + 3 * ldc;
    FloatVector s00 = FloatVector.fromArray(S, c, c0);
    FloatVector s01 = FloatVector.fromArray(S, c, c0 + L);
    FloatVector s02 = FloatVector.fromArray(S, c, c0 + 2 * L);
    FloatVector s03 = FloatVector.fromArray(S, c, c0 + 3 * L);
    FloatVector s10 = FloatVector.fromArray(S, c, c1);
    FloatVector s11 = FloatVector.fromArray(S, c, c1 + L);
    FloatVector s12 = FloatVector.fromArray(S, c, c1 + 2 * L);
    FloatVector s13 = FloatVector.fromArray(S, c, c1 + 3 * L);
    FloatVector s20 = FloatVector.fromArray(S, c, c2);
    FloatVector s21 = FloatVector.fromArray(S, c, c2 + L);
    FloatVector s22 = FloatVector.fromArray(S, c, c2 + 2 * L);
    FloatVector s23 = FloatVector.fromArray(S, c, c2 + 3 * L);
    FloatVector s30 = FloatVector.fromArray(S, c, c3);
    FloatVector s31 = FloatVector.fromArray(S, c, c3 + L);
    FloatVector s32 = FloatVector.fromArray(S, c, c3 + 2 * L);
    FloatVector s33 = FloatVector.fromArray(S, c, c3 + 3 * L);
    long p1 = p0 + half;
    long p2 = p0 + 2 * half;
    long p3 = p0 + 3 * half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector b0 = FloatVector.fromMemorySegment(S, p, p0 + at, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      FloatVector b2 = FloatVector.fromMemorySegment(S, p, p2 + at, NATIVE);
      FloatVector b3 = FloatVector.fromMemorySegment(S, p, p3 + at, NATIVE);
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      s00 = w.fma(b0, s00);
      s01 = w.fma(b1, s01);
      s02 = w.fma(b2, s02);
      s03 = w.fma(b3, s03);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      s10 = w.fma(b0, s10);
      s11 = w.fma(b1, s11);
      s12 = w.fma(b2, s12);
      s13 = w.fma(b3, s13);
      w = FloatVector.broadcast(S, a[ao + 2 * D + q]);
      s20 = w.fma(b0, s20);
      s21 = w.fma(b1, s21);
      s22 = w.fma(b2, s22);
      s23 = w.fma(b3, s23);
      w = FloatVector.broadcast(S, a[ao + 3 * D + q]);
      s30 = w.fma(b0, s30);
      s31 = w.fma(b1, s31);
      s32 = w.fma(b2, s32);
      s33 = w.fma(b3, s33);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + L);
    s02.intoArray(c, c0 + 2 * L);
    s03.intoArray(c, c0 + 3 * L);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + L);
    s12.intoArray(c, c1 + 2 * L);
    s13.intoArray(c, c1 + 3 * L);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + L);
    s22.intoArray(c, c2 + 2 * L);
    s23.intoArray(c, c2 + 3 * L);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + L);
    s32.intoArray(c, c3 + 2 * L);
    s33.intoArray(c, c3 + 3 * L);
  }

  /** Adds to 6 x 4 vectors; panels lie {@code half} bytes apart. */
  static void block6x4(
      int k, float[] a, int ao, MemorySegment p, long p0, long half, float[] c, int c0, int ldc) {
    int c1 = c0 + ldc;
    int c2 = c0 + 2 * ldc;
    int c3 = c0 + 3 * ldc;
    int c4 = c0 + 4 * ldc;
    int c5 = c0 + 5 * ldc;
    FloatVector s00 = FloatVector.fromArray(S, c, c0);
    FloatVector s01 = FloatVector.fromArray(S, c, c0 + L);
    FloatVector s02 = FloatVector.fromArray(S, c, c0 + 2 * L);
    FloatVector s03 = FloatVector.fromArray(S, c, c0 + 3 * L);
    FloatVector s10 = FloatVector.fromArray(S, c, c1);
    FloatVector s11 = FloatVector.fromArray(S, c, c1 + L);
    FloatVector s12 = FloatVector.fromArray(S, c, c1 + 2 * L);
    FloatVector s13 = FloatVector.fromArray(S, c, c1 + 3 * L);
    FloatVector s20 = FloatVector.fromArray(S, c, c2);
    FloatVector s21 = FloatVector.fromArray(S, c, c2 + L);
    FloatVector s22 = FloatVector.fromArray(S, c, c2 + 2 * L);
    FloatVector s23 = FloatVector.fromArray(S, c, c2 + 3 * L);
    FloatVector s30 = FloatVector.fromArray(S, c, c3);
    FloatVector s31 = FloatVector.fromArray(S, c, c3 + L);
    FloatVector s32 = FloatVector.fromArray(S, c, c3 + 2 * L);
    FloatVector s33 = FloatVector.fromArray(S, c, c3 + 3 * L);
    FloatVector s40 = FloatVector.fromArray(S, c, c4);
    FloatVector s41 = FloatVector.fromArray(S, c, c4 + L);
    FloatVector s42 = FloatVector.fromArray(S, c, c4 + 2 * L);
    FloatVector s43 = FloatVector.fromArray(S, c, c4 + 3 * L);
    FloatVector s50 = FloatVector.fromArray(S, c, c5);
    FloatVector s51 = FloatVector.fromArray(S, c, c5 + L);
    FloatVector s52 = FloatVector.fromArray(S, c, c5 + 2 * L);
    FloatVector s53 = FloatVector.fromArray(S, c, c5 + 3 * L);
    long p1 = p0 + half;
    long p2 = p0 + 2 * half;
    long p3 = p0 + 3 * half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector b0 = FloatVector.fromMemorySegment(S, p, p0 + at, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      FloatVector b2 = FloatVector.fromMemorySegment(S, p, p2 + at, NATIVE);
      FloatVector b3 = FloatVector.fromMemorySegment(S, p, p3 + at, NATIVE);
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      s00 = w.fma(b0, s00);
      s01 = w.fma(b1, s01);
      s02 = w.fma(b2, s02);
      s03 = w.fma(b3, s03);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      s10 = w.fma(b0, s10);
      s11 = w.fma(b1, s11);
      s12 = w.fma(b2, s12);
      s13 = w.fma(b3, s13);
      w = FloatVector.broadcast(S, a[ao + 2 * D + q]);
      s20 = w.fma(b0, s20);
      s21 = w.fma(b1, s21);
      s22 = w.fma(b2, s22);
      s23 = w.fma(b3, s23);
      w = FloatVector.broadcast(S, a[ao + 3 * D + q]);
      s30 = w.fma(b0, s30);
      s31 = w.fma(b1, s31);
      s32 = w.fma(b2, s32);
      s33 = w.fma(b3, s33);
      w = FloatVector.broadcast(S, a[ao + 4 * D + q]);
      s40 = w.fma(b0, s40);
      s41 = w.fma(b1, s41);
      s42 = w.fma(b2, s42);
      s43 = w.fma(b3, s43);
      w = FloatVector.broadcast(S, a[ao + 5 * D + q]);
      s50 = w.fma(b0, s50);
      s51 = w.fma(b1, s51);
      s52 = w.fma(b2, s52);
      s53 = w.fma(b3, s53);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + L);
    s02.intoArray(c, c0 + 2 * L);
    s03.intoArray(c, c0 + 3 * L);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + L);
    s12.intoArray(c, c1 + 2 * L);
    s13.intoArray(c, c1 + 3 * L);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + L);
    s22.intoArray(c, c2 + 2 * L);
    s23.intoArray(c, c2 + 3 * L);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + L);
    s32.intoArray(c, c3 + 2 * L);
    s33.intoArray(c, c3 + 3 * L);
    s40.intoArray(c, c4);
    s41.intoArray(c, c4 + L);
    s42.intoArray(c, c4 + 2 * L);
    s43.intoArray(c, c4 + 3 * L);
    s50.intoArray(c, c5);
    s51.intoArray(c, c5 + L);
    s52.intoArray(c, c5 + 2 * L);
    s53.intoArray(c, c5 + 3 * L);
  }

  /** Adds to 2 x 2 vectors; panels lie {@code half} bytes apart. */
  static void block2x2(
      int k, float[] a, int ao, MemorySegment p, long p0, long half, float[] c, int c0, int ldc) {
    int c1 = c0 + ldc;
    FloatVector s00 = FloatVector.fromArray(S, c, c0);
    FloatVector s01 = FloatVector.fromArray(S, c, c0 + L);
    FloatVector s10 = FloatVector.fromArray(S, c, c1);
    FloatVector s11 = FloatVector.fromArray(S, c, c1 + L);
    long p1 = p0 + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector b0 = FloatVector.fromMemorySegment(S, p, p0 + at, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      s00 = w.fma(b0, s00);
      s01 = w.fma(b1, s01);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      s10 = w.fma(b0, s10);
      s11 = w.fma(b1, s11);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + L);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + L);
  }

  /** Adds to 4 x 2 vectors; panels lie {@code half} bytes apart. */
  static void block4x2(
      int k, float[] a, int ao, MemorySegment p, long p0, long half, float[] c, int c0, int ldc) {
    int c1 = c0 + ldc;
    int c2 = c0 + 2 * ldc;
    int c3 = c0 + 3 * ldc;
    FloatVector s00 = FloatVector.fromArray(S, c, c0);
    FloatVector s01 = FloatVector.fromArray(S, c, c0 + L);
    FloatVector s10 = FloatVector.fromArray(S, c, c1);
    FloatVector s11 = FloatVector.fromArray(S, c, c1 + L);
    FloatVector s20 = FloatVector.fromArray(S, c, c2);
    FloatVector s21 = FloatVector.fromArray(S, c, c2 + L);
    FloatVector s30 = FloatVector.fromArray(S, c, c3);
    FloatVector s31 = FloatVector.fromArray(S, c, c3 + L);
    long p1 = p0 + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector b0 = FloatVector.fromMemorySegment(S, p, p0 + at, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      s00 = w.fma(b0, s00);
      s01 = w.fma(b1, s01);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      s10 = w.fma(b0, s10);
      s11 = w.fma(b1, s11);
      w = FloatVector.broadcast(S, a[ao + 2 * D + q]);
      s20 = w.fma(b0, s20);
      s21 = w.fma(b1, s21);
      w = FloatVector.broadcast(S, a[ao + 3 * D + q]);
      s30 = w.fma(b0, s30);
      s31 = w.fma(b1, s31);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + L);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + L);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + L);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + L);
  }

  /** Adds to 6 x 2 vectors; panels lie {@code half} bytes apart. */
  static void block6x2(
      int k, float[] a, int ao, MemorySegment p, long p0, long half, float[] c, int c0, int ldc) {
    int c1 = c0 + ldc;
    int c2 = c0 + 2 * ldc;
    int c3 = c0 + 3 * ldc;
    int c4 = c0 + 4 * ldc;
    int c5 = c0 + 5 * ldc;
    FloatVector s00 = FloatVector.fromArray(S, c, c0);
    FloatVector s01 = FloatVector.fromArray(S, c, c0 + L);
    FloatVector s10 = FloatVector.fromArray(S, c, c1);
    FloatVector s11 = FloatVector.fromArray(S, c, c1 + L);
    FloatVector s20 = FloatVector.fromArray(S, c, c2);
    FloatVector s21 = FloatVector.fromArray(S, c, c2 + L);
    FloatVector s30 = FloatVector.fromArray(S, c, c3);
    FloatVector s31 = FloatVector.fromArray(S, c, c3 + L);
    FloatVector s40 = FloatVector.fromArray(S, c, c4);
    FloatVector s41 = FloatVector.fromArray(S, c, c4 + L);
    FloatVector s50 = FloatVector.fromArray(S, c, c5);
    FloatVector s51 = FloatVector.fromArray(S, c, c5 + L);
    long p1 = p0 + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector b0 = FloatVector.fromMemorySegment(S, p, p0 + at, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      s00 = w.fma(b0, s00);
      s01 = w.fma(b1, s01);
      w = FloatVector.broadcast(S, a[ao + D + q]);
      s10 = w.fma(b0, s10);
      s11 = w.fma(b1, s11);
      w = FloatVector.broadcast(S, a[ao + 2 * D + q]);
      s20 = w.fma(b0, s20);
      s21 = w.fma(b1, s21);
      w = FloatVector.broadcast(S, a[ao + 3 * D + q]);
      s30 = w.fma(b0, s30);
      s31 = w.fma(b1, s31);
      w = FloatVector.broadcast(S, a[ao + 4 * D + q]);
      s40 = w.fma(b0, s40);
      s41 = w.fma(b1, s41);
      w = FloatVector.broadcast(S, a[ao + 5 * D + q]);
      s50 = w.fma(b0, s50);
      s51 = w.fma(b1, s51);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + L);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + L);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + L);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + L);
    s40.intoArray(c, c4);
    s41.intoArray(c, c4 + L);
    s50.intoArray(c, c5);
    s51.intoArray(c, c5 + L);
  }
}
