package dev.unroll.tensor.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Elementwise arithmetic over {@code float[]}: whole vectors, then one masked vector. */
final class FloatArithmetic {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = S.length();
  private static final FloatVector ZERO = FloatVector.zero(S);
  private static final FloatVector ONE = FloatVector.broadcast(S, 1);

  private FloatArithmetic() {}

  static void affine(int n, float[] a, int ao, float scale, float shift, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      av.mul(scale).add(shift).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      av.mul(scale).add(shift).intoArray(out, oo + k, m);
    }
  }

  static void abs(int n, float[] a, int ao, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      av.abs().intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      av.abs().intoArray(out, oo + k, m);
    }
  }

  static void sign(int n, float[] a, int ao, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      av.blend(ONE, av.compare(VectorOperators.GT, 0))
          .blend(ONE.neg(), av.compare(VectorOperators.LT, 0))
          .intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      av.blend(ONE, av.compare(VectorOperators.GT, 0))
          .blend(ONE.neg(), av.compare(VectorOperators.LT, 0))
          .intoArray(out, oo + k, m);
    }
  }

  static void sqrt(int n, float[] a, int ao, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      av.sqrt().intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      av.sqrt().intoArray(out, oo + k, m);
    }
  }

  static void linear(
      int n, float[] a, int ao, float scale, float[] b, int bo, float other, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k);
      av.mul(scale).add(bv.mul(other)).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k, m);
      av.mul(scale).add(bv.mul(other)).intoArray(out, oo + k, m);
    }
  }

  static void linearSquare(
      int n, float[] a, int ao, float scale, float[] b, int bo, float other, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k);
      av.mul(scale).add(bv.mul(bv).mul(other)).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k, m);
      av.mul(scale).add(bv.mul(bv).mul(other)).intoArray(out, oo + k, m);
    }
  }

  static void divRoot(
      int n, float[] a, int ao, float scale, float[] b, int bo, float shift, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k);
      av.div(bv.sqrt().mul(scale).add(shift)).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k, m);
      av.div(bv.sqrt().mul(scale).add(shift)).intoArray(out, oo + k, m);
    }
  }

  static void add(int n, float[] a, int ao, float[] b, int bo, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k);
      av.add(bv).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k, m);
      av.add(bv).intoArray(out, oo + k, m);
    }
  }

  static void sub(int n, float[] a, int ao, float[] b, int bo, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k);
      av.sub(bv).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k, m);
      av.sub(bv).intoArray(out, oo + k, m);
    }
  }

  static void mul(int n, float[] a, int ao, float[] b, int bo, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k);
      av.mul(bv).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k, m);
      av.mul(bv).intoArray(out, oo + k, m);
    }
  }

  static void sigmoidGradient(int n, float[] a, int ao, float[] b, int bo, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k);
      av.mul(bv).mul(ONE.sub(bv)).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k, m);
      av.mul(bv).mul(ONE.sub(bv)).intoArray(out, oo + k, m);
    }
  }

  static void tanhGradient(int n, float[] a, int ao, float[] b, int bo, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k);
      av.mul(ONE.sub(bv.mul(bv))).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k, m);
      av.mul(ONE.sub(bv.mul(bv))).intoArray(out, oo + k, m);
    }
  }

  static void mulAdd(
      int n, float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k);
      av.mul(bv).add(FloatVector.fromArray(S, c, co + k)).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k, m);
      av.mul(bv).add(FloatVector.fromArray(S, c, co + k, m)).intoArray(out, oo + k, m);
    }
  }

  static void div(int n, float[] a, int ao, float[] b, int bo, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k);
      av.div(bv).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k, m);
      av.div(bv).intoArray(out, oo + k, m);
    }
  }

  static void max(int n, float[] a, int ao, float[] b, int bo, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k);
      av.max(bv).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k, m);
      av.max(bv).intoArray(out, oo + k, m);
    }
  }

  static void min(int n, float[] a, int ao, float[] b, int bo, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k);
      av.min(bv).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k, m);
      av.min(bv).intoArray(out, oo + k, m);
    }
  }

  static void greater(int n, float[] a, int ao, float[] b, int bo, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k);
      ZERO.blend(ONE, av.compare(VectorOperators.GT, bv)).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k, m);
      ZERO.blend(ONE, av.compare(VectorOperators.GT, bv)).intoArray(out, oo + k, m);
    }
  }

  static void equal(int n, float[] a, int ao, float[] b, int bo, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k);
      ZERO.blend(ONE, av.compare(VectorOperators.EQ, bv)).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k, m);
      ZERO.blend(ONE, av.compare(VectorOperators.EQ, bv)).intoArray(out, oo + k, m);
    }
  }

  static void select(
      int n, float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo) {
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector av = FloatVector.fromArray(S, a, ao + k);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k);
      FloatVector cv = FloatVector.fromArray(S, c, co + k);
      bv.blend(cv, av.compare(VectorOperators.EQ, 0)).intoArray(out, oo + k);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector av = FloatVector.fromArray(S, a, ao + k, m);
      FloatVector bv = FloatVector.fromArray(S, b, bo + k, m);
      FloatVector cv = FloatVector.fromArray(S, c, co + k, m);
      bv.blend(cv, av.compare(VectorOperators.EQ, 0)).intoArray(out, oo + k, m);
    }
  }
}
