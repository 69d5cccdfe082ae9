package dev.unroll.interop;

/**
 * Limits on the resources that reading a file may use, so that neither a damaged nor a malicious
 * file exhausts them.
 *
 * @param headerBytes size of the header
 * @param names number of names of tensors and metadata together
 * @param tensorBytes memory used while reading tensors: all of them, plus the largest once more
 */
public record Limits(int headerBytes, int names, long tensorBytes) {
  /**
   * A header of 16 MiB, 100,000 names, and tensors in up to two thirds of the heap: no file
   * exhausts a heap of 128 MB or more.
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
