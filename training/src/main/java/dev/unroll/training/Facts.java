package dev.unroll.training;

import java.util.Map;

/**
 * The numbers in the metadata of a checkpoint, which is text. Only texts that a training writes are
 * read: no other digits than those of ASCII, no signs, spaces or zeros that are not needed.
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
    long n = bits(name, "a count from 0 to 2^53");
    if (n < 0 || n > LARGEST) {
      throw refusal(name, "a count from 0 to 2^53");
    }
    return n;
  }

  /** Returns any 64 bits. */
  long bits(String name) {
    return bits(name, "64 bits as a number");
  }

  private long bits(String name, String expected) {
    try {
      long n = Long.parseLong(text(name));
      if (String.valueOf(n).equals(text(name))) {
        return n;
      }
    } catch (NumberFormatException e) {
      // Refused below.
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
      // Refused below.
    }
    throw refusal(name, "a number");
  }

  /**
   * Returns a text.
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
