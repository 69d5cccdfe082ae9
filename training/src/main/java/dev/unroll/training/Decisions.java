package dev.unroll.training;

import dev.unroll.tensor.Ranking;
import dev.unroll.tensor.Softmax;

/** Counts of classes that were chosen, and should have been. */
final class Decisions {
  private Decisions() {}

  /** Returns how many are right, and how many there are. */
  static double[] right(Metric.Observation o) {
    int[] chosen = chosen(o);
    int[] targets = o.targets().toInts();
    double[] sums = new double[2];
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] != Softmax.IGNORED) {
        sums[0] += chosen[i] == targets[i] ? 1 : 0;
        sums[1]++;
      }
    }
    return sums;
  }

  /** Returns true positives, false positives and false negatives of a class. */
  static double[] of(int of, Metric.Observation o) {
    int[] chosen = chosen(o);
    int[] targets = o.targets().toInts();
    double[] sums = new double[3];
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] == of) {
        sums[chosen[i] == of ? 0 : 2]++;
      } else if (targets[i] != Softmax.IGNORED && chosen[i] == of) {
        sums[1]++;
      }
    }
    return sums;
  }

  private static int[] chosen(Metric.Observation o) {
    if (!o.output().shape().without(-1).equals(o.targets().shape())) {
      throw new IllegalArgumentException(
          "[metric] expects logits [..., V] and targets [...], given "
              + o.output().shape()
              + " and "
              + o.targets().shape());
    }
    return Ranking.argMax(o.output(), -1).toInts();
  }

  static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
