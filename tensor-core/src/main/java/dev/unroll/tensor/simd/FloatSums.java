package dev.unroll.tensor.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** One number from many of {@code float[]}; sums run in one order. */
final class FloatSums {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = S.length();

  private FloatSums() {}

  static double sum(int n, float[] x, int xo) {
    FloatVector s = FloatVector.broadcast(S, -0.0f); // The sum of -0 alone is -0.
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      s = s.add(FloatVector.fromArray(S, x, xo + k));
    }
    double total = Lanes.sum(s);
    for (; k < n; k++) {
      total += x[xo + k];
    }
    return n == 0 ? 0 : total;
  }

  static double sumOfSquares(int n, float[] x, int xo) {
    // In double: the square of a float may be larger than any float.
    DoubleVector s = DoubleVector.zero(Species.DOUBLE);
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + k);
      Vector<Double> a = v.convertShape(VectorOperators.F2D, Species.DOUBLE, 0);
      Vector<Double> b = v.convertShape(VectorOperators.F2D, Species.DOUBLE, 1);
      s = s.add(a.mul(a)).add(b.mul(b));
    }
    double total = Lanes.sum(s);
    for (; k < n; k++) {
      total += (double) x[xo + k] * x[xo + k];
    }
    return total;
  }

  static double max(int n, float[] x, int xo) {
    // Four at a time: one maximum waits for the one before. By compare and blend, which lose NaN:
    // max takes three times the instructions.
    FloatVector s0 = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY), s1 = s0, s2 = s0, s3 = s0;
    int k = 0;
    for (int lim = n - 4 * L + 1; k < lim; k += 4 * L) {
      FloatVector v0 = FloatVector.fromArray(S, x, xo + k);
      FloatVector v1 = FloatVector.fromArray(S, x, xo + k + L);
      FloatVector v2 = FloatVector.fromArray(S, x, xo + k + 2 * L);
      FloatVector v3 = FloatVector.fromArray(S, x, xo + k + 3 * L);
      s0 = s0.blend(v0, v0.compare(VectorOperators.GT, s0));
      s1 = s1.blend(v1, v1.compare(VectorOperators.GT, s1));
      s2 = s2.blend(v2, v2.compare(VectorOperators.GT, s2));
      s3 = s3.blend(v3, v3.compare(VectorOperators.GT, s3));
    }
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector v0 = FloatVector.fromArray(S, x, xo + k);
      s0 = s0.blend(v0, v0.compare(VectorOperators.GT, s0));
    }
    float m = Lanes.max(s0.max(s1).max(s2.max(s3)));
    for (; k < n; k++) {
      m = x[xo + k] > m ? x[xo + k] : m;
    }
    return m;
  }

  static double expSum(int n, float[] x, int xo, double shift, float[] out, int oo) {
    float most = (float) shift;
    FloatVector s = FloatVector.zero(S);
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + k);
      FloatVector y = FloatFunctions.expOfNegative(v.sub(most));
      y.intoArray(out, oo + k);
      s = s.add(y);
    }
    if (k < n) {
      VectorMask<Float> m = S.indexInRange(k, n);
      FloatVector v = FloatVector.fromArray(S, x, xo + k, m);
      FloatVector y = FloatFunctions.expOfNegative(v.sub(most));
      y.intoArray(out, oo + k, m);
      s = s.add(FloatVector.zero(S).blend(y, m));
    }
    return Lanes.sum(s);
  }
}
