package dev.unroll.data;

/** Checks the positions of batch sources. */
final class Positions {
  /** Greater than any run needs, and small enough to count on from without overflow. */
  private static final long LARGEST = 1L << 53;

  private Positions() {}

  /**
   * Returns the position.
   *
   * @throws IllegalArgumentException if it is negative or greater than 2^53
   */
  static long check(String source, long position) {
    if (position < 0 || position > LARGEST) {
      throw new IllegalArgumentException(
          "[" + source + "] expected a position from 0 to " + LARGEST + ", got " + position);
    }
    return position;
  }
}
