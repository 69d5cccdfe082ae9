package dev.unroll.tensor;

/** The types of numbers that a tensor holds. */
public enum DType {
  /** IEEE 754 single precision, 4 bytes: what models are trained in. */
  FLOAT32(4),
  /** IEEE 754 double precision, 8 bytes: what gradients are checked in. */
  FLOAT64(8),
  /** Two's complement, 4 bytes: indices and codes. */
  INT32(4);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Returns whether this is a floating-point type, so that gradients are defined. */
  public boolean isFloating() {
    return this != INT32;
  }

  /** Returns the name as it is written in messages: {@code float32}. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
