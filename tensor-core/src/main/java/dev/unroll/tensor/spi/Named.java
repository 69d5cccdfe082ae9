package dev.unroll.tensor.spi;

/**
 * A service that is chosen by name. Implementations have a public constructor that does nothing.
 */
public interface Named {
  /** Returns the name, in lower case: {@code lstm}. */
  String name();
}
