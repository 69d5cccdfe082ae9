package dev.unroll.training;

import java.util.function.DoubleUnaryOperator;

/** How far values are from their targets. */
final class Errors {
  private Errors() {}

  /** Returns the sum of a function of the errors, and how many there are. */
  static double[] sums(Metric.Observation o, DoubleUnaryOperator f) {
    if (!o.output().shape().equals(o.targets().shape())) {
      throw new IllegalArgumentException(
          "[metric] expects values of the shape of the targets, given "
              + o.output().shape()
              + " and "
              + o.targets().shape());
    }
    if (!o.targets().type().isFloating()) {
      throw new IllegalArgumentException(
          "[metric] expected targets that are values, got "
              + o.targets().type()
              + o.targets().shape());
    }
    double[] values = o.output().toDoubles();
    double[] targets = o.targets().toDoubles();
    double[] sums = new double[2];
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(targets[i])) {
        sums[0] += f.applyAsDouble(values[i] - targets[i]);
        sums[1]++;
      }
    }
    return sums;
  }
}
