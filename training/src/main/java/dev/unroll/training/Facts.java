package dev.unroll.training;

import java.util.Map;

/**
 * Parses the metadata of a checkpoint. Only the canonical format is accepted: ASCII digits without
 * redundant signs, spaces or zeros.
 *
 * @param texts the values by name
 */
record Facts(Map<String, String> texts) {
  /** Counts beyond this are not exact in the float64 state of optimizers. */
  private static final long LARGEST = 1L << 53;

  /**
   * Returns a count.
   *
   * @throws IllegalArgumentException if it is missing, not a number, negative or above 2^53
   */
  long count(String name) {
    long n = bits(name, "a count from 0 to 2^53");
    if (n < 0 || n > LARGEST) {
      throw refusal(name, "a count from 0 to 2^53");
    }
    return n;
  }

  /** Returns a 64-bit value. */
  long bits(String name) {
    return bits(name, "a 64-bit number");
  }

  private long bits(String name, String expected) {
    try {
      long n = Long.parseLong(text(name));
      if (String.valueOf(n).equals(text(name))) {
        return n;
      }
    } catch (NumberFormatException e) {
      // Rejected below.
    }
    throw refusal(name, expected);
  }

  /** Returns a number, which may be NaN. */
  double value(String name) {
    try {
      double x = Double.parseDouble(text(name));
      if (String.valueOf(x).equals(text(name))) {
        return x;
      }
    } catch (NumberFormatException e) {
      // Rejected below.
    }
    throw refusal(name, "a number");
  }

  /**
   * Returns a string.
   *
   * @throws IllegalArgumentException if it is missing
   */
  String text(String name) {
    String value = texts.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is missing; there are " + texts.keySet());
    }
    return value;
  }

  private IllegalArgumentException refusal(String name, String expected) {
    return new IllegalArgumentException(
        "\"" + name + "\" expected " + expected + ", got \"" + text(name) + "\"");
  }
}
