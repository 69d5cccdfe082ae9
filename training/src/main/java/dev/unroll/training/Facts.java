package dev.unroll.training;

import java.util.Map;

/**
 * The numbers in the metadata of a checkpoint, which is text.
 *
 * @param texts by name
 */
record Facts(Map<String, String> texts) {
  /** A float64 counts no further, and optimizers keep their counts in one. */
  private static final long LARGEST = 1L << 53;

  /**
   * Returns a number of things.
   *
   * @throws IllegalArgumentException if it is missing, not a number, negative or above 2^53
   */
  long count(String name) {
    long n;
    try {
      n = Long.parseLong(text(name));
    } catch (NumberFormatException e) {
      n = -1;
    }
    if (n < 0 || n > LARGEST) {
      throw new IllegalArgumentException(
          "\"" + name + "\" expected a count from 0 to 2^53, got \"" + text(name) + "\"");
    }
    return n;
  }

  /** Returns any 64 bits. */
  long bits(String name) {
    try {
      return Long.parseLong(text(name));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"" + name + "\" expected 64 bits as a number, got \"" + text(name) + "\"", e);
    }
  }

  /** Returns a number, which may be NaN. */
  double value(String name) {
    try {
      return Double.parseDouble(text(name));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"" + name + "\" expected a number, got \"" + text(name) + "\"", e);
    }
  }

  private String text(String name) {
    String value = texts.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is missing; there are " + texts.keySet());
    }
    return value;
  }
}
