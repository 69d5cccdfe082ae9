package dev.unroll.optim;

import java.util.Map;
import java.util.Objects;

/** Checks the ranges of hyperparameters and other arguments. */
final class Checks {
  private Checks() {}

  /** Rejects a learning rate that is negative or not finite. */
  static void rate(double rate) {
    notNegative("learningRate", rate);
  }

  /** Rejects a value that is negative or not finite. */
  static void notNegative(String name, double value) {
    check(value >= 0 && value < Double.POSITIVE_INFINITY, name, "at least 0", value);
  }

  /** Rejects a value that is not in [0, 1). */
  static void fraction(String name, double value) {
    check(value >= 0 && value < 1, name, "at least 0 and below 1", value);
  }

  /** Rejects a value that is not finite and positive. */
  static void positive(String name, double value) {
    check(value > 0 && value < Double.POSITIVE_INFINITY, name, "above 0", value);
  }

  /** Rejects a map that is null or has a null name or value, and names the key of the value. */
  static void noneNull(String name, Map<String, ?> map) {
    Objects.requireNonNull(map, name);
    map.forEach((key, value) -> {
      Objects.requireNonNull(key, () -> name + ": a name");
      Objects.requireNonNull(value, () -> name + ": \"" + key + "\"");
    });
  }

  /** Rejects an integer that is too small. */
  static void atLeast(String name, long least, long value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "[optim] " + name + " must be at least " + least + ", not " + value);
    }
  }

  private static void check(boolean holds, String name, String range, double value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "[optim] " + name + " must be finite and " + range + ", not " + value);
    }
  }
}
