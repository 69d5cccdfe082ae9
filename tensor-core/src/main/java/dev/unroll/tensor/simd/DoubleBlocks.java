// Generated from ProductBlocks by TwinsTest (-Dunroll.golden=update); do not edit.
package dev.unroll.tensor.simd;

import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The micro-kernels of {@link DoubleProduct}, by the rows and panels of a block. */
final class DoubleBlocks {
  private static final VectorSpecies<Double> S = Species.DOUBLE;
  private static final int L = S.length();
  private static final long BYTES = S.vectorByteSize();
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  /** The distance between rows of A. */
  private static final int D = Kernels.ROW_DISTANCE;

  private DoubleBlocks() {}

  /** Adds to 1 x 8 vectors; panels lie {@code half} bytes apart. */
  static void block1x8(
      int k, double[] a, int ao, MemorySegment p, long p0, long half, double[] c, int c0) {
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(S, c, c0 + L);
    DoubleVector s02 = DoubleVector.fromArray(S, c, c0 + 2 * L);
    DoubleVector s03 = DoubleVector.fromArray(S, c, c0 + 3 * L);
    DoubleVector s04 = DoubleVector.fromArray(S, c, c0 + 4 * L);
    DoubleVector s05 = DoubleVector.fromArray(S, c, c0 + 5 * L);
    DoubleVector s06 = DoubleVector.fromArray(S, c, c0 + 6 * L);
    DoubleVector s07 = DoubleVector.fromArray(S, c, c0 + 7 * L);
    long p1 = p0 + half;
    long p2 = p0 + 2 * half;
    long p3 = p0 + 3 * half;
    long p4 = p0 + 4 * half;
    long p5 = p0 + 5 * half;
    long p6 = p0 + 6 * half;
    long p7 = p0 + 7 * half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      DoubleVector w = DoubleVector.broadcast(S, a[ao + q]);
      s00 = w.fma(DoubleVector.fromMemorySegment(S, p, p0 + at, NATIVE), s00);
      s01 = w.fma(DoubleVector.fromMemorySegment(S, p, p1 + at, NATIVE), s01);
      s02 = w.fma(DoubleVector.fromMemorySegment(S, p, p2 + at, NATIVE), s02);
      s03 = w.fma(DoubleVector.fromMemorySegment(S, p, p3 + at, NATIVE), s03);
      s04 = w.fma(DoubleVector.fromMemorySegment(S, p, p4 + at, NATIVE), s04);
      s05 = w.fma(DoubleVector.fromMemorySegment(S, p, p5 + at, NATIVE), s05);
      s06 = w.fma(DoubleVector.fromMemorySegment(S, p, p6 + at, NATIVE), s06);
      s07 = w.fma(DoubleVector.fromMemorySegment(S, p, p7 + at, NATIVE), s07);
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
      int k, double[] a, int ao, MemorySegment p, long p0, long half, double[] c, int c0) {
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(S, c, c0 + L);
    long p1 = p0 + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      DoubleVector w = DoubleVector.broadcast(S, a[ao + q]);
      s00 = w.fma(DoubleVector.fromMemorySegment(S, p, p0 + at, NATIVE), s00);
      s01 = w.fma(DoubleVector.fromMemorySegment(S, p, p1 + at, NATIVE), s01);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + L);
  }

  /** Adds to 2 x 4 vectors; panels lie {@code half} bytes apart. */
  static void block2x4(
      int k, double[] a, int ao, MemorySegment p, long p0, long half, double[] c, int c0, int ldc) {
    int c1 = c0 + ldc;
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(S, c, c0 + L);
    DoubleVector s02 = DoubleVector.fromArray(S, c, c0 + 2 * L);
    DoubleVector s03 = DoubleVector.fromArray(S, c, c0 + 3 * L);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c1);
    DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + L);
    DoubleVector s12 = DoubleVector.fromArray(S, c, c1 + 2 * L);
    DoubleVector s13 = DoubleVector.fromArray(S, c, c1 + 3 * L);
    long p1 = p0 + half;
    long p2 = p0 + 2 * half;
    long p3 = p0 + 3 * half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      DoubleVector b0 = DoubleVector.fromMemorySegment(S, p, p0 + at, NATIVE);
      DoubleVector b1 = DoubleVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      DoubleVector b2 = DoubleVector.fromMemorySegment(S, p, p2 + at, NATIVE);
      DoubleVector b3 = DoubleVector.fromMemorySegment(S, p, p3 + at, NATIVE);
      DoubleVector w = DoubleVector.broadcast(S, a[ao + q]);
      s00 = w.fma(b0, s00);
      s01 = w.fma(b1, s01);
      s02 = w.fma(b2, s02);
      s03 = w.fma(b3, s03);
      w = DoubleVector.broadcast(S, a[ao + D + q]);
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
      int k, double[] a, int ao, MemorySegment p, long p0, long half, double[] c, int c0, int ldc) {
    int c1 = c0 + ldc;
    int c2 = c0 + 2 * ldc;
    int c3 = c0 + 3 * ldc;
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(S, c, c0 + L);
    DoubleVector s02 = DoubleVector.fromArray(S, c, c0 + 2 * L);
    DoubleVector s03 = DoubleVector.fromArray(S, c, c0 + 3 * L);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c1);
    DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + L);
    DoubleVector s12 = DoubleVector.fromArray(S, c, c1 + 2 * L);
    DoubleVector s13 = DoubleVector.fromArray(S, c, c1 + 3 * L);
    DoubleVector s20 = DoubleVector.fromArray(S, c, c2);
    DoubleVector s21 = DoubleVector.fromArray(S, c, c2 + L);
    DoubleVector s22 = DoubleVector.fromArray(S, c, c2 + 2 * L);
    DoubleVector s23 = DoubleVector.fromArray(S, c, c2 + 3 * L);
    DoubleVector s30 = DoubleVector.fromArray(S, c, c3);
    DoubleVector s31 = DoubleVector.fromArray(S, c, c3 + L);
    DoubleVector s32 = DoubleVector.fromArray(S, c, c3 + 2 * L);
    DoubleVector s33 = DoubleVector.fromArray(S, c, c3 + 3 * L);
    long p1 = p0 + half;
    long p2 = p0 + 2 * half;
    long p3 = p0 + 3 * half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      DoubleVector b0 = DoubleVector.fromMemorySegment(S, p, p0 + at, NATIVE);
      DoubleVector b1 = DoubleVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      DoubleVector b2 = DoubleVector.fromMemorySegment(S, p, p2 + at, NATIVE);
      DoubleVector b3 = DoubleVector.fromMemorySegment(S, p, p3 + at, NATIVE);
      DoubleVector w = DoubleVector.broadcast(S, a[ao + q]);
      s00 = w.fma(b0, s00);
      s01 = w.fma(b1, s01);
      s02 = w.fma(b2, s02);
      s03 = w.fma(b3, s03);
      w = DoubleVector.broadcast(S, a[ao + D + q]);
      s10 = w.fma(b0, s10);
      s11 = w.fma(b1, s11);
      s12 = w.fma(b2, s12);
      s13 = w.fma(b3, s13);
      w = DoubleVector.broadcast(S, a[ao + 2 * D + q]);
      s20 = w.fma(b0, s20);
      s21 = w.fma(b1, s21);
      s22 = w.fma(b2, s22);
      s23 = w.fma(b3, s23);
      w = DoubleVector.broadcast(S, a[ao + 3 * D + q]);
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
      int k, double[] a, int ao, MemorySegment p, long p0, long half, double[] c, int c0, int ldc) {
    int c1 = c0 + ldc;
    int c2 = c0 + 2 * ldc;
    int c3 = c0 + 3 * ldc;
    int c4 = c0 + 4 * ldc;
    int c5 = c0 + 5 * ldc;
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(S, c, c0 + L);
    DoubleVector s02 = DoubleVector.fromArray(S, c, c0 + 2 * L);
    DoubleVector s03 = DoubleVector.fromArray(S, c, c0 + 3 * L);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c1);
    DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + L);
    DoubleVector s12 = DoubleVector.fromArray(S, c, c1 + 2 * L);
    DoubleVector s13 = DoubleVector.fromArray(S, c, c1 + 3 * L);
    DoubleVector s20 = DoubleVector.fromArray(S, c, c2);
    DoubleVector s21 = DoubleVector.fromArray(S, c, c2 + L);
    DoubleVector s22 = DoubleVector.fromArray(S, c, c2 + 2 * L);
    DoubleVector s23 = DoubleVector.fromArray(S, c, c2 + 3 * L);
    DoubleVector s30 = DoubleVector.fromArray(S, c, c3);
    DoubleVector s31 = DoubleVector.fromArray(S, c, c3 + L);
    DoubleVector s32 = DoubleVector.fromArray(S, c, c3 + 2 * L);
    DoubleVector s33 = DoubleVector.fromArray(S, c, c3 + 3 * L);
    DoubleVector s40 = DoubleVector.fromArray(S, c, c4);
    DoubleVector s41 = DoubleVector.fromArray(S, c, c4 + L);
    DoubleVector s42 = DoubleVector.fromArray(S, c, c4 + 2 * L);
    DoubleVector s43 = DoubleVector.fromArray(S, c, c4 + 3 * L);
    DoubleVector s50 = DoubleVector.fromArray(S, c, c5);
    DoubleVector s51 = DoubleVector.fromArray(S, c, c5 + L);
    DoubleVector s52 = DoubleVector.fromArray(S, c, c5 + 2 * L);
    DoubleVector s53 = DoubleVector.fromArray(S, c, c5 + 3 * L);
    long p1 = p0 + half;
    long p2 = p0 + 2 * half;
    long p3 = p0 + 3 * half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      DoubleVector b0 = DoubleVector.fromMemorySegment(S, p, p0 + at, NATIVE);
      DoubleVector b1 = DoubleVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      DoubleVector b2 = DoubleVector.fromMemorySegment(S, p, p2 + at, NATIVE);
      DoubleVector b3 = DoubleVector.fromMemorySegment(S, p, p3 + at, NATIVE);
      DoubleVector w = DoubleVector.broadcast(S, a[ao + q]);
      s00 = w.fma(b0, s00);
      s01 = w.fma(b1, s01);
      s02 = w.fma(b2, s02);
      s03 = w.fma(b3, s03);
      w = DoubleVector.broadcast(S, a[ao + D + q]);
      s10 = w.fma(b0, s10);
      s11 = w.fma(b1, s11);
      s12 = w.fma(b2, s12);
      s13 = w.fma(b3, s13);
      w = DoubleVector.broadcast(S, a[ao + 2 * D + q]);
      s20 = w.fma(b0, s20);
      s21 = w.fma(b1, s21);
      s22 = w.fma(b2, s22);
      s23 = w.fma(b3, s23);
      w = DoubleVector.broadcast(S, a[ao + 3 * D + q]);
      s30 = w.fma(b0, s30);
      s31 = w.fma(b1, s31);
      s32 = w.fma(b2, s32);
      s33 = w.fma(b3, s33);
      w = DoubleVector.broadcast(S, a[ao + 4 * D + q]);
      s40 = w.fma(b0, s40);
      s41 = w.fma(b1, s41);
      s42 = w.fma(b2, s42);
      s43 = w.fma(b3, s43);
      w = DoubleVector.broadcast(S, a[ao + 5 * D + q]);
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
      int k, double[] a, int ao, MemorySegment p, long p0, long half, double[] c, int c0, int ldc) {
    int c1 = c0 + ldc;
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(S, c, c0 + L);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c1);
    DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + L);
    long p1 = p0 + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      DoubleVector b0 = DoubleVector.fromMemorySegment(S, p, p0 + at, NATIVE);
      DoubleVector b1 = DoubleVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      DoubleVector w = DoubleVector.broadcast(S, a[ao + q]);
      s00 = w.fma(b0, s00);
      s01 = w.fma(b1, s01);
      w = DoubleVector.broadcast(S, a[ao + D + q]);
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
      int k, double[] a, int ao, MemorySegment p, long p0, long half, double[] c, int c0, int ldc) {
    int c1 = c0 + ldc;
    int c2 = c0 + 2 * ldc;
    int c3 = c0 + 3 * ldc;
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(S, c, c0 + L);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c1);
    DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + L);
    DoubleVector s20 = DoubleVector.fromArray(S, c, c2);
    DoubleVector s21 = DoubleVector.fromArray(S, c, c2 + L);
    DoubleVector s30 = DoubleVector.fromArray(S, c, c3);
    DoubleVector s31 = DoubleVector.fromArray(S, c, c3 + L);
    long p1 = p0 + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      DoubleVector b0 = DoubleVector.fromMemorySegment(S, p, p0 + at, NATIVE);
      DoubleVector b1 = DoubleVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      DoubleVector w = DoubleVector.broadcast(S, a[ao + q]);
      s00 = w.fma(b0, s00);
      s01 = w.fma(b1, s01);
      w = DoubleVector.broadcast(S, a[ao + D + q]);
      s10 = w.fma(b0, s10);
      s11 = w.fma(b1, s11);
      w = DoubleVector.broadcast(S, a[ao + 2 * D + q]);
      s20 = w.fma(b0, s20);
      s21 = w.fma(b1, s21);
      w = DoubleVector.broadcast(S, a[ao + 3 * D + q]);
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
      int k, double[] a, int ao, MemorySegment p, long p0, long half, double[] c, int c0, int ldc) {
    int c1 = c0 + ldc;
    int c2 = c0 + 2 * ldc;
    int c3 = c0 + 3 * ldc;
    int c4 = c0 + 4 * ldc;
    int c5 = c0 + 5 * ldc;
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(S, c, c0 + L);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c1);
    DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + L);
    DoubleVector s20 = DoubleVector.fromArray(S, c, c2);
    DoubleVector s21 = DoubleVector.fromArray(S, c, c2 + L);
    DoubleVector s30 = DoubleVector.fromArray(S, c, c3);
    DoubleVector s31 = DoubleVector.fromArray(S, c, c3 + L);
    DoubleVector s40 = DoubleVector.fromArray(S, c, c4);
    DoubleVector s41 = DoubleVector.fromArray(S, c, c4 + L);
    DoubleVector s50 = DoubleVector.fromArray(S, c, c5);
    DoubleVector s51 = DoubleVector.fromArray(S, c, c5 + L);
    long p1 = p0 + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      DoubleVector b0 = DoubleVector.fromMemorySegment(S, p, p0 + at, NATIVE);
      DoubleVector b1 = DoubleVector.fromMemorySegment(S, p, p1 + at, NATIVE);
      DoubleVector w = DoubleVector.broadcast(S, a[ao + q]);
      s00 = w.fma(b0, s00);
      s01 = w.fma(b1, s01);
      w = DoubleVector.broadcast(S, a[ao + D + q]);
      s10 = w.fma(b0, s10);
      s11 = w.fma(b1, s11);
      w = DoubleVector.broadcast(S, a[ao + 2 * D + q]);
      s20 = w.fma(b0, s20);
      s21 = w.fma(b1, s21);
      w = DoubleVector.broadcast(S, a[ao + 3 * D + q]);
      s30 = w.fma(b0, s30);
      s31 = w.fma(b1, s31);
      w = DoubleVector.broadcast(S, a[ao + 4 * D + q]);
      s40 = w.fma(b0, s40);
      s41 = w.fma(b1, s41);
      w = DoubleVector.broadcast(S, a[ao + 5 * D + q]);
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
