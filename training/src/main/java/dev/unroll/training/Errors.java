package dev.unroll.training;

import dev.unroll.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;

/** Sums of regression errors. */
final class Errors {
  private Errors() {}

  /** Returns the sum of a function of the errors, and their number. */
  static double[] sums(Tensor output, Tensor targets, DoubleUnaryOperator f) {
    if (!output.shape().equals(targets.shape())) {
      throw new IllegalArgumentException(
          "[metric] expected values of the shape of the targets, got "
              + output.shape()
              + " and "
              + targets.shape());
    }
    if (!targets.type().isFloating()) {
      throw new IllegalArgumentException(
          "[metric] expected floating-point targets, got " + targets.type() + targets.shape());
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
