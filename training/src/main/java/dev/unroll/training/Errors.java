package dev.unroll.training;

import dev.unroll.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;

/** How far values are from their targets. */
final class Errors {
  private Errors() {}

  /** Returns the sum of a function of the errors, and how many there are. */
  static double[] sums(Tensor output, Tensor targets, DoubleUnaryOperator f) {
    if (!output.shape().equals(targets.shape())) {
      throw new IllegalArgumentException(
          "[metric] expects values of the shape of the targets, given "
              + output.shape()
              + " and "
              + targets.shape());
    }
    if (!targets.type().isFloating()) {
      throw new IllegalArgumentException(
          "[metric] expected targets that are values, got " + targets.type() + targets.shape());
    }
    double[] values = output.toDoubles();
    double[] expected = targets.toDoubles();
    double[] sums = new double[2];
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(expected[i])) {
        sums[0] += f.applyAsDouble(values[i] - expected[i]);
        sums[1]++;
      }
    }
    return sums;
  }
}
