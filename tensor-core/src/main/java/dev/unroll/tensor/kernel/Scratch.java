package dev.unroll.tensor.kernel;

import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * A buffer of each thread that grows as needed and is used again, while it is still in cache.
 *
 * @param <A> the array type
 */
final class Scratch<A> {
  private final ThreadLocal<A> held;
  private final IntFunction<A> allocate;
  private final ToIntFunction<A> length;

  Scratch(IntFunction<A> allocate, ToIntFunction<A> length) {
    this.held = ThreadLocal.withInitial(() -> allocate.apply(0));
    this.allocate = allocate;
    this.length = length;
  }

  /** Returns the buffer of this thread, of at least {@code n} elements and unknown content. */
  A of(int n) {
    A a = held.get();
    int have = length.applyAsInt(a);
    if (have < n) {
      a = allocate.apply(Math.max(n, (int) Math.min(2L * have, Integer.MAX_VALUE - 8)));
      held.set(a);
    }
    return a;
  }
}
