package dev.unroll.interop;

/**
 * What reading a file may cost: a file that is small, or damaged, or made on purpose, is refused
 * before it costs more.
 *
 * @param headerBytes of the header
 * @param names of tensors and of metadata together
 * @param tensorBytes of memory while tensors are read: for all of them, and once more for the
 *     largest
 */
public record Limits(int headerBytes, int names, long tensorBytes) {
  /**
   * 16 MiB of header, 100,000 names, and tensors that take at most two thirds of the heap: no file
   * fills a heap of 128 MB or more.
   */
  public static final Limits DEFAULT =
      new Limits(1 << 24, 100_000, Runtime.getRuntime().maxMemory() / 3 * 2);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public Limits {
    if (headerBytes < 0 || names < 0 || tensorBytes < 0) {
      throw new IllegalArgumentException(
          "[limits] expected limits of at least 0, got "
              + headerBytes
              + ", "
              + names
              + " and "
              + tensorBytes);
    }
  }
}
