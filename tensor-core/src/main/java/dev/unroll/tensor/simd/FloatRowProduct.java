package dev.unroll.tensor.simd;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernels of one row times packed panels. Each element is one chain over ascending k, as
 * in {@link FloatProduct}, which explains the panels.
 */
final class FloatRowProduct {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = S.length();
  private static final long BYTES = S.vectorByteSize();
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  private FloatRowProduct() {}

  /** Runs over pairs of panels, {@code half} bytes from panel to panel. */
  static void pairs(
      int n, int k, float[] a, int ao, MemorySegment p, long po, long half, float[] c, int co) {
    int j = 0;
    for (; j + 4 <= n; j += 4) {
      pairs4(k, a, ao, p, po + 2L * j * half, half, c, co + j * 2 * L);
    }
    for (; j < n; j++) {
      pair(k, a, ao, p, po + 2L * j * half, half, c, co + j * 2 * L);
    }
  }

  /** Four pairs side by side: in one alone, each sum waits for the one before. */
  private static void pairs4(
      int k, float[] a, int ao, MemorySegment p, long po, long half, float[] c, int co) {
    FloatVector x0 = FloatVector.fromArray(S, c, co);
    FloatVector x1 = FloatVector.fromArray(S, c, co + L);
    FloatVector x2 = FloatVector.fromArray(S, c, co + 2 * L);
    FloatVector x3 = FloatVector.fromArray(S, c, co + 3 * L);
    FloatVector x4 = FloatVector.fromArray(S, c, co + 4 * L);
    FloatVector x5 = FloatVector.fromArray(S, c, co + 5 * L);
    FloatVector x6 = FloatVector.fromArray(S, c, co + 6 * L);
    FloatVector x7 = FloatVector.fromArray(S, c, co + 7 * L);
    long p1 = po + half;
    long p2 = po + 2 * half;
    long p3 = po + 3 * half;
    long p4 = po + 4 * half;
    long p5 = po + 5 * half;
    long p6 = po + 6 * half;
    long p7 = po + 7 * half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      x0 = w.fma(FloatVector.fromMemorySegment(S, p, po + at, NATIVE), x0);
      x1 = w.fma(FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE), x1);
      x2 = w.fma(FloatVector.fromMemorySegment(S, p, p2 + at, NATIVE), x2);
      x3 = w.fma(FloatVector.fromMemorySegment(S, p, p3 + at, NATIVE), x3);
      x4 = w.fma(FloatVector.fromMemorySegment(S, p, p4 + at, NATIVE), x4);
      x5 = w.fma(FloatVector.fromMemorySegment(S, p, p5 + at, NATIVE), x5);
      x6 = w.fma(FloatVector.fromMemorySegment(S, p, p6 + at, NATIVE), x6);
      x7 = w.fma(FloatVector.fromMemorySegment(S, p, p7 + at, NATIVE), x7);
    }
    x0.intoArray(c, co);
    x1.intoArray(c, co + L);
    x2.intoArray(c, co + 2 * L);
    x3.intoArray(c, co + 3 * L);
    x4.intoArray(c, co + 4 * L);
    x5.intoArray(c, co + 5 * L);
    x6.intoArray(c, co + 6 * L);
    x7.intoArray(c, co + 7 * L);
  }

  /** What is left. */
  private static void pair(
      int k, float[] a, int ao, MemorySegment p, long po, long half, float[] c, int co) {
    FloatVector x0 = FloatVector.fromArray(S, c, co);
    FloatVector x1 = FloatVector.fromArray(S, c, co + L);
    long p1 = po + half;
    for (int q = 0; q < k; q++) {
      long at = (long) q * BYTES;
      FloatVector w = FloatVector.broadcast(S, a[ao + q]);
      x0 = w.fma(FloatVector.fromMemorySegment(S, p, po + at, NATIVE), x0);
      x1 = w.fma(FloatVector.fromMemorySegment(S, p, p1 + at, NATIVE), x1);
    }
    x0.intoArray(c, co);
    x1.intoArray(c, co + L);
  }
}
