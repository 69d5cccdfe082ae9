package dev.unroll.models;

import dev.unroll.data.Scaling;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Objects;
import java.util.Optional;

/** Sequences of numbers, as tensors. */
final class Sequences {
  private Sequences() {}

  /**
   * Returns a sequence {@code [T, F]}.
   *
   * @param index of the sequence among others, for messages
   * @param steps at least one
   */
  static Tensor of(String where, int index, float[][] steps) {
    boolean empty = Objects.requireNonNull(steps, "sequence").length == 0;
    int width = empty ? 0 : Objects.requireNonNull(steps[0], "step").length;
    return of(where, index, width, steps);
  }

  /**
   * Returns a sequence {@code [T, F]}.
   *
   * @param width F
   */
  static Tensor of(String where, int index, int width, float[][] steps) {
    float[] flat = new float[steps.length * width];
    for (int t = 0; t < steps.length; t++) {
      if (Objects.requireNonNull(steps[t], "step").length != width) {
        throw new IllegalArgumentException(
            "["
                + where
                + "] sequence "
                + index
                + ": expected "
                + width
                + " features in each step, got "
                + steps[t].length
                + " in step "
                + t);
      }
      checkFinite("[" + where + "] sequence " + index + ", step " + t + ":", steps[t]);
      System.arraycopy(steps[t], 0, flat, t * width, width);
    }
    return Tensor.of(Shape.of(steps.length, width), flat);
  }

  /** Checks that the features of a step are finite: otherwise, no later result would be. */
  static void checkFinite(String where, float... features) {
    for (int i = 0; i < features.length; i++) {
      if (!Float.isFinite(features[i])) {
        throw new IllegalArgumentException(
            where + " expected finite features, got " + features[i] + " as feature " + i);
      }
    }
  }

  /** Returns the scaled features of a step. */
  static float[] scaled(Optional<Scaling> scaling, float... features) {
    if (scaling.isEmpty() || scaling.get().center().shape().size() != features.length) {
      return features; // The session has the message about another size.
    }
    Tensor step = Tensor.of(Shape.of(1, features.length), features.clone());
    return scaling.get().apply(step).toFloats();
  }

  /** Returns the steps of a series of a single variable. */
  static float[][] single(float... values) {
    float[][] steps = new float[Objects.requireNonNull(values, "values").length][1];
    for (int t = 0; t < values.length; t++) {
      steps[t][0] = values[t];
    }
    return steps;
  }
}
