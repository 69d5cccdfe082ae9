package dev.unroll.tensor.kernel;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a creation that is attempted once per process. A class whose initializer throws
 * reports the reason only to the first caller, and wrapped; this reports it to every caller.
 */
record Attempt<T>(@Nullable T value, @Nullable String failure) {
  static <T> Attempt<T> of(Supplier<T> maker) {
    try {
      return new Attempt<>(maker.get(), null);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return new Attempt<>(null, e.getMessage());
    }
  }

  /**
   * Returns the result.
   *
   * @throws IllegalArgumentException with the reason if the attempt failed
   */
  T get() {
    if (value == null) {
      throw new IllegalArgumentException(failure);
    }
    return value;
  }
}
