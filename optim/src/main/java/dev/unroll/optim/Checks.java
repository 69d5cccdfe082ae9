package dev.unroll.optim;

import java.util.Map;
import java.util.Objects;

/** The ranges of hyperparameters, and what is said about arguments that do not fit. */
final class Checks {
  private Checks() {}

  /** Refuses a learning rate that is negative or not finite. */
  static void rate(double rate) {
    notNegative("learningRate", rate);
  }

  /** Refuses what is negative or not finite. */
  static void notNegative(String name, double value) {
    check(value >= 0 && value < Double.POSITIVE_INFINITY, name, "at least 0", value);
  }

  /** Refuses what is not at least 0 and below 1. */
  static void fraction(String name, double value) {
    check(value >= 0 && value < 1, name, "at least 0 and below 1", value);
  }

  /** Refuses what is not finite and above 0. */
  static void positive(String name, double value) {
    check(value > 0 && value < Double.POSITIVE_INFINITY, name, "above 0", value);
  }

  /** Refuses a map that is null or has a null value, which is named. */
  static void noneNull(String name, Map<String, ?> map) {
    Objects.requireNonNull(map, name);
    map.forEach((key, value) -> Objects.requireNonNull(value, () -> name + ": \"" + key + "\""));
  }

  /** Refuses a number that is too small. */
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
