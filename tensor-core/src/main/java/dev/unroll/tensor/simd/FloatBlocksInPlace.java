// Generated from ProductBlocks by TwinsTest (-Dunroll.golden=update); do not edit.
package dev.unroll.tensor.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The micro-kernels of {@link FloatProductInPlace}, by the rows of a block. */
final class FloatBlocksInPlace {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = S.length();

  private FloatBlocksInPlace() {}

  /** Adds to 1 x 2 vectors. */
  static void block1x2(int k, float[] a, int a0, float[] p, int po, int ldp, float[] c, int c0) {
    FloatVector s00 = FloatVector.fromArray(S, c, c0);
    FloatVector s01 = FloatVector.fromArray(S, c, c0 + L);
    for (int q = 0; q < k; q++) {
      FloatVector b0 = FloatVector.fromArray(S, p, po + q * ldp);
      FloatVector b1 = FloatVector.fromArray(S, p, po + q * ldp + L);
      FloatVector w = FloatVector.broadcast(S, a[a0 + q]);
      s00 = w.fma(b0, s00);
      s01 = w.fma(b1, s01);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + L);
  }

  /** Adds to 2 x 2 vectors. */
  static void block2x2(
      int k, float[] a, int a0, int lda, float[] p, int po, int ldp, float[] c, int c0, int ldc) {
    int c1 = c0 + ldc;
    FloatVector s00 = FloatVector.fromArray(S, c, c0);
    FloatVector s01 = FloatVector.fromArray(S, c, c0 + L);
    FloatVector s10 = FloatVector.fromArray(S, c, c1);
    FloatVector s11 = FloatVector.fromArray(S, c, c1 + L);
    int a1 = a0 + lda;
    for (int q = 0; q < k; q++) {
      FloatVector b0 = FloatVector.fromArray(S, p, po + q * ldp);
      FloatVector b1 = FloatVector.fromArray(S, p, po + q * ldp + L);
      FloatVector w = FloatVector.broadcast(S, a[a0 + q]);
      s00 = w.fma(b0, s00);
      s01 = w.fma(b1, s01);
      w = FloatVector.broadcast(S, a[a1 + q]);
      s10 = w.fma(b0, s10);
      s11 = w.fma(b1, s11);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + L);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + L);
  }

  /** Adds to 4 x 2 vectors. */
  static void block4x2(
      int k, float[] a, int a0, int lda, float[] p, int po, int ldp, float[] c, int c0, int ldc) {
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
    int a1 = a0 + lda;
    int a2 = a0 + 2 * lda;
    int a3 = a0 + 3 * lda;
    for (int q = 0; q < k; q++) {
      FloatVector b0 = FloatVector.fromArray(S, p, po + q * ldp);
      FloatVector b1 = FloatVector.fromArray(S, p, po + q * ldp + L);
      FloatVector w = FloatVector.broadcast(S, a[a0 + q]);
      s00 = w.fma(b0, s00);
      s01 = w.fma(b1, s01);
      w = FloatVector.broadcast(S, a[a1 + q]);
      s10 = w.fma(b0, s10);
      s11 = w.fma(b1, s11);
      w = FloatVector.broadcast(S, a[a2 + q]);
      s20 = w.fma(b0, s20);
      s21 = w.fma(b1, s21);
      w = FloatVector.broadcast(S, a[a3 + q]);
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
}
