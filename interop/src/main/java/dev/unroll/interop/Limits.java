package dev.unroll.interop;

/**
 * What reading a file may cost: a file that is small, or damaged, or made on purpose, is refused
 * before it costs more.
 *
 * @param headerBytes of the header
 * @param names of tensors and of metadata together
 * @param tensorBytes of memory for all tensors that are read
 */
public record Limits(int headerBytes, int names, long tensorBytes) {
  /**
   * 16 MiB of header, 100,000 names, tensors of any size: they cost at most four times the file.
   */
  public static final Limits DEFAULT = new Limits(1 << 24, 100_000, Long.MAX_VALUE);

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
