package dev.unroll.data;

/** The positions that a source of batches goes to. */
final class Positions {
  /** Far beyond any run, and small enough to go on from. */
  private static final long LARGEST = 1L << 53;

  private Positions() {}

  /**
   * Returns a position.
   *
   * @throws IllegalArgumentException if it is negative or beyond 2^53
   */
  static long check(String source, long position) {
    if (position < 0 || position > LARGEST) {
      throw new IllegalArgumentException(
          "[" + source + "] expected a position from 0 to " + LARGEST + ", got " + position);
    }
    return position;
  }
}
