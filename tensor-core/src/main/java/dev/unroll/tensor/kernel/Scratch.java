package dev.unroll.tensor.kernel;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * Buffers that a computation borrows while it runs. Between computations they lie here and not with
 * a thread: there are as many as threads have computed at the same time, at most {@link #PLACES},
 * however many threads there are. Each thread begins its search at a place of its own, where it
 * finds the buffer that its core still caches.
 *
 * @param <A> the type of a buffer
 */
public final class Scratch<A> {
  /** Twice as many as processors, and a power of two. */
  private static final int PLACES =
      Integer.highestOneBit(2 * Math.max(4, 2 * Runtime.getRuntime().availableProcessors()) - 1);

  /** References between places: two places never share a cache line. */
  private static final int STRIDE = 16;

  private final AtomicReferenceArray<A> idle = new AtomicReferenceArray<>(PLACES * STRIDE);
  private final LongFunction<A> allocate;
  private final ToLongFunction<A> length;

  Scratch(LongFunction<A> allocate, ToLongFunction<A> length) {
    this.allocate = allocate;
    this.length = length;
  }

  /**
   * Borrows a buffer of at least {@code n} elements and unknown content. One that is not given
   * back, because a computation has failed, is garbage.
   */
  public A take(long n) {
    int home = home();
    long have = 0;
    for (int i = 0; i < PLACES; i++) {
      int at = place(home + i);
      if (idle.getPlain(at) != null) {
        A a = idle.getAndSet(at, null);
        if (a != null) {
          have = length.applyAsLong(a);
          if (have >= n) {
            return a;
          }
          break; // It is replaced by a longer one.
        }
      }
    }
    return allocate.apply(Math.max(n, Math.min(2 * have, Integer.MAX_VALUE - 8)));
  }

  /** Gives a buffer back, which is not used any more. */
  public void give(A a) {
    int home = home();
    for (int i = 0; i < PLACES; i++) {
      int at = place(home + i);
      if (idle.getPlain(at) == null && idle.compareAndSet(at, null, a)) {
        return;
      }
    }
  }

  private static int home() {
    return (int) Thread.currentThread().threadId();
  }

  private static int place(int i) {
    return (i & (PLACES - 1)) * STRIDE;
  }
}
