package dev.unroll.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The element types of tensors. */
public enum DType {
  /** IEEE 754 single precision, 4 bytes: the type for training. */
  FLOAT32(4),
  /** IEEE 754 double precision, 8 bytes: the type for gradient checks. */
  FLOAT64(8),
  /** Two's complement, 4 bytes: indices and ids. */
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

  /** Returns the names of different types, for messages: {@code float32 and int32}. */
  public static String join(DType... types) {
    return Arrays.stream(types)
        .distinct()
        .map(DType::toString)
        .collect(Collectors.joining(" and "));
  }

  /** Returns the name used in messages: {@code float32}. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
