package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A scope during which results of one thread borrow arrays from a {@link Pool}; {@link Buffers}
 * offer it to users. Outside scopes results have arrays of their own.
 */
final class ArrayScope implements Lease {
  private static final ThreadLocal<@Nullable ArrayScope> OPEN = new ThreadLocal<>();

  private final Pool pool;
  private final @Nullable ArrayScope outer;
  private final Shelf shelf;
  private final boolean borrowed; // Not the shelf of an enclosing scope.
  private final List<Loan> taken = new ArrayList<>();
  private final Set<Object> kept = Collections.newSetFromMap(new IdentityHashMap<>(4));
  private volatile boolean ended;

  /** The shelves that no thread uses, in last-in, first-out order. */
  static final class Pool {
    private final Deque<Shelf> idle = new ConcurrentLinkedDeque<>();

    private Shelf lend() {
      Shelf shelf = idle.pollLast();
      return shelf != null ? shelf : new Shelf();
    }
  }

  /** Free arrays, used by one thread at a time, so that no lock is needed. */
  private static final class Shelf {
    private final IdentityHashMap<Elements<?>, List<Deque<Object>>> free = new IdentityHashMap<>(4);

    /** Returns the arrays whose length is a power of two. */
    Deque<Object> place(Elements<?> e, int log) {
      List<Deque<Object>> places = free.get(e);
      if (places == null) {
        places = Stream.generate(() -> (Deque<Object>) new ArrayDeque<>()).limit(31).toList();
        free.put(e, places);
      }
      return places.get(log);
    }
  }

  /** An array, and the queue it returns to. */
  private record Loan(Object array, Deque<Object> place) {}

  private ArrayScope(Pool pool, @Nullable ArrayScope outer) {
    this.pool = pool;
    this.outer = outer;
    ArrayScope like = outer;
    while (like != null && like.pool != pool) {
      like = like.outer;
    }
    borrowed = like == null;
    shelf = like == null ? pool.lend() : like.shelf;
  }

  /** Opens a scope on this thread, nested in the open one, if any. */
  static ArrayScope open(Pool pool) {
    ArrayScope scope = new ArrayScope(pool, OPEN.get());
    OPEN.set(scope);
    return scope;
  }

  /** Returns the scope that this thread has open. */
  static @Nullable ArrayScope current() {
    return OPEN.get();
  }

  /**
   * Runs a task as if a scope were the innermost one, or as if no scope were open, if it is null or
   * not open on this thread.
   */
  @SuppressWarnings("ReferenceEquality") // A scope is itself.
  static <T> T in(@Nullable ArrayScope scope, Supplier<T> work) {
    ArrayScope open = OPEN.get();
    ArrayScope to = scope != null && scope.isOpenHere() ? scope : null;
    if (to == open) {
      return work.get();
    }
    set(to);
    try {
      return work.get();
    } finally {
      set(open);
    }
  }

  private static void set(@Nullable ArrayScope scope) {
    if (scope == null) {
      OPEN.remove();
    } else {
      OPEN.set(scope);
    }
  }

  /** Returns the scope around this one. */
  @Nullable ArrayScope outer() {
    return outer;
  }

  /** Leaves an array of this scope to the scope around it. */
  void keep(Object array) {
    kept.add(array);
  }

  /** Returns whether this scope is open on this thread, perhaps with others nested in it. */
  boolean isOpenHere() {
    ArrayScope s = OPEN.get();
    while (s != null && s != this) {
      s = s.outer;
    }
    return s != null;
  }

  /**
   * Ends the scope. Ending it again has no effect.
   *
   * @throws IllegalStateException if it is not the innermost one of this thread
   */
  void end() {
    if (ended) {
      return;
    }
    if (OPEN.get() != this) {
      throw new IllegalStateException(
          "[buffers] expected a scope to end on the thread that opened it, after those nested in it");
    }
    ended = true;
    set(outer);
    for (Loan loan : taken) {
      if (!kept.contains(loan.array)) {
        loan.place.addLast(loan.array);
      } else if (outer != null && outer.shelf == shelf) {
        outer.taken.add(loan);
      } // Otherwise it is not reused: its shelf may belong to another thread by then.
    }
    taken.clear();
    if (borrowed) {
      pool.idle.addLast(shelf);
    }
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  @Override
  public String reason() {
    return "was created in a scope that has ended: use Scope.keep for tensors that outlive it";
  }

  private static <A> A take(Elements<A> e, String op, Shape shape, ArrayScope scope) {
    int log = 32 - Integer.numberOfLeadingZeros(Math.max(0, shape.size() - 1));
    if (log > 30) {
      return fresh(e, op, shape);
    }
    Deque<Object> place = scope.shelf.place(e, log);
    Object array = place.pollLast();
    @SuppressWarnings("unchecked") // Each queue has arrays of one type.
    A found = array == null ? allocate(e, 1 << log, op, shape) : (A) array;
    scope.taken.add(new Loan(found, place));
    return found;
  }

  /**
   * Returns an array for a result, at least as long as the shape has elements, with arbitrary
   * content.
   *
   * @throws OutOfMemoryError if it does not fit into memory; the message says how much would
   */
  static <A> A room(Elements<A> e, String op, Shape shape) {
    ArrayScope scope = OPEN.get();
    return scope == null ? fresh(e, op, shape) : take(e, op, shape, scope);
  }

  /** Returns an array for a result as {@link #room} does, its elements zero. */
  static <A> A zeros(Elements<A> e, String op, Shape shape) {
    A array = room(e, op, shape);
    if (OPEN.get() != null) {
      e.fill(array, 0, shape.size(), 0);
    }
    return array;
  }

  /** Returns an array of zeros, exactly as long as the shape has elements, that no scope owns. */
  static <A> A fresh(Elements<A> e, String op, Shape shape) {
    return allocate(e, shape.size(), op, shape);
  }

  private static <A> A allocate(Elements<A> e, int n, String op, Shape shape) {
    try {
      return e.allocate(n);
    } catch (OutOfMemoryError cause) {
      DType type = ElementTypes.type(e);
      OutOfMemoryError error =
          new OutOfMemoryError(
              String.format(
                  Locale.ROOT,
                  "[%s] %s %s does not fit into memory: it needs %.3g GB, the heap is at most"
                      + " %.3g GB (-Xmx): %s",
                  op,
                  type,
                  shape,
                  1e-9 * n * type.bytes(),
                  1e-9 * Runtime.getRuntime().maxMemory(),
                  cause.getMessage()));
      error.initCause(cause);
      throw error;
    }
  }
}
