package dev.unroll.tensor.spi;

/** A service that is selected by name. Implementations have a public no-argument constructor. */
public interface Named {
  /** Returns the name, in lower case: {@code lstm}. */
  String name();
}
