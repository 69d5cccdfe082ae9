package dev.unroll.tensor.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * One number from the lanes of a vector, for rows so short that this is most of the work. Sums are
 * made by halves, upper added to lower: reduceLanes adds in an order that changes when the JIT
 * compiles.
 */
final class Lanes {
  private static final VectorSpecies<Double> S = Species.DOUBLE;
  private static final int L = S.length();

  private static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(S, 4, 1, true);
  private static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(S, 2, 1, true);
  private static final VectorShuffle<Double> BY_1 = VectorShuffle.iota(S, 1, 1, true);

  private Lanes() {}

  /** Returns the sum, added in double. */
  static double sum(FloatVector v) {
    Vector<Double> lower = v.convertShape(VectorOperators.F2D, S, 0);
    Vector<Double> upper = v.convertShape(VectorOperators.F2D, S, 1);
    return sum((DoubleVector) lower.add(upper));
  }

  /** Returns the sum. */
  static double sum(DoubleVector v) {
    DoubleVector s = v;
    if (L >= 8) {
      s = s.add(s.rearrange(BY_4));
    }
    if (L >= 4) {
      s = s.add(s.rearrange(BY_2));
    }
    return L >= 2 ? s.add(s.rearrange(BY_1)).lane(0) : s.lane(0);
  }

  /** Returns the largest lane, of which none is NaN. */
  static float max(FloatVector v) {
    float m = Float.NEGATIVE_INFINITY;
    for (float lane : v.toArray()) {
      m = lane > m ? lane : m; // Math.max, which cares for signed zeros, takes eight times as long.
    }
    return m;
  }
}
