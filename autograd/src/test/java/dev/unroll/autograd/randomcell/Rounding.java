package dev.unroll.autograd.randomcell;

import dev.unroll.tensor.DType;
import java.util.Arrays;
import java.util.Random;

/**
 * How far rounding may move the results of a subject. The loop by hand in float64 is repeated with
 * operands that are wrong by a unit of the last place at random, and in the type itself: what a
 * result moves by, {@value #SAFETY} times, is its bound. A result whose bound is more than a
 * hundredth of its largest element (and of 1) says nothing: its cell is ill-conditioned.
 */
final class Rounding {
  static final double UNIT64 = 0x1p-52;
  static final double UNIT32 = 0x1p-23;

  private static final int SAFETY = 32;
  private static final int PERTURBATIONS = 4;

  private Rounding() {}

  /** Returns a bound for each result. */
  static double[] bounds(
      Subject subject, int version, Results.Depth depth, Results hand, double unit) {
    double[] most = new double[hand.values().size()];
    for (int k = 0; k < PERTURBATIONS; k++) {
      raise(
          most,
          hand,
          Results.of(subject.perturbed(version, unit, new Random(k)), depth, HandLoop::run));
    }
    if (unit == UNIT32) { // What the derivatives read is rounded too.
      raise(most, hand, Results.of(subject.setup(DType.FLOAT32, version), depth, HandLoop::run));
    }
    return most;
  }

  private static void raise(double[] most, Results hand, Results other) {
    for (int i = 0; i < most.length; i++) {
      double[] x = hand.values().get(i).toDoubles();
      double[] y = other.values().get(i).toDoubles();
      for (int j = 0; j < x.length; j++) {
        double moved = SAFETY * Math.abs(x[j] - y[j]);
        most[i] = Math.max(most[i], Double.isNaN(moved) ? Double.POSITIVE_INFINITY : moved);
      }
    }
  }

  static boolean isConditioned(Results hand, double... bounds) {
    for (int i = 0; i < bounds.length; i++) {
      double[] x = hand.values().get(i).toDoubles();
      double largest = Arrays.stream(x).map(Math::abs).max().orElse(0);
      if (bounds[i] > 0.01 * (1 + largest)) {
        return false;
      }
    }
    return true;
  }
}
