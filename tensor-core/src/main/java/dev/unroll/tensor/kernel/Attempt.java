package dev.unroll.tensor.kernel;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What came of making something once for the whole process. A class whose initializer throws tells
 * the reason only to the first who asks, and wrapped; this tells everybody.
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
   * Returns what was made.
   *
   * @throws IllegalArgumentException that says why it was not
   */
  T get() {
    if (value == null) {
      throw new IllegalArgumentException(failure);
    }
    return value;
  }
}
