package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that are reused while they are still in the caches. While a thread has a scope open, its
 * results are stored in arrays of these buffers; when the scope ends, the next one overwrites them.
 *
 * <pre>{@code
 * Buffers buffers = new Buffers();
 * for (Tensor x : batches) {
 *   try (Buffers.Scope scope = buffers.open()) {
 *     state = scope.keep(step(state, x)); // intermediate results of step are freed
 *   }
 * }
 * }</pre>
 *
 * <p>A fresh array costs zeroing and cache misses: a sum of two tensors of 64 KB takes half the
 * time in a scope, one of 1 MB a third, and a small one the same. Buffers retain as much memory as
 * the largest scope used, for each thread with an open scope at the same time, until they are
 * garbage collected. Outside scopes every tensor has an array of its own.
 */
public final class Buffers {
  private static final ThreadLocal<@Nullable Scope> OPEN = new ThreadLocal<>();

  /** The shelves that no thread uses, in last-in, first-out order. */
  private final Deque<Shelf> idle = new ConcurrentLinkedDeque<>();

  /** Creates empty buffers. */
  public Buffers() {}

  /** Opens a scope on this thread, nested in the open one, if any. */
  public Scope open() {
    Scope scope = new Scope(this, OPEN.get());
    OPEN.set(scope);
    return scope;
  }

  /**
   * Runs a task as if this thread had no scope open, for results that must outlive the scope, such
   * as the next value of a parameter.
   */
  public static <T> T outside(Supplier<T> work) {
    Scope open = OPEN.get();
    OPEN.remove();
    try {
      return work.get();
    } finally {
      if (open != null) {
        OPEN.set(open);
      }
    }
  }

  private Shelf lend() {
    Shelf shelf = idle.pollLast();
    return shelf != null ? shelf : new Shelf();
  }

  /** Free arrays, used by one thread at a time, so that no lock is needed. */
  private static final class Shelf {
    private final Map<DType, List<Deque<Object>>> free = new EnumMap<>(DType.class);

    /** Returns the arrays whose length is a power of two. */
    Deque<Object> place(DType type, int log) {
      List<Deque<Object>> places = free.get(type);
      if (places == null) {
        places = Stream.generate(() -> (Deque<Object>) new ArrayDeque<>()).limit(31).toList();
        free.put(type, places);
      }
      return places.get(log);
    }
  }

  /** An array, and the queue it returns to. */
  private record Loan(Object array, Deque<Object> place) {}

  /**
   * A scope, during which tensors of one thread borrow arrays. Other threads may read them until it
   * ends.
   */
  public static final class Scope implements AutoCloseable, Lease {
    private final Buffers buffers;
    private final @Nullable Scope outer;
    private final Shelf shelf;
    private final boolean borrowed; // Not an array of an enclosing scope.
    private final List<Loan> taken = new ArrayList<>();
    private final Set<Object> kept = Collections.newSetFromMap(new IdentityHashMap<>(4));
    private volatile boolean ended;

    private Scope(Buffers buffers, @Nullable Scope outer) {
      this.buffers = buffers;
      this.outer = outer;
      Scope like = outer;
      while (like != null && like.buffers != buffers) {
        like = like.outer;
      }
      borrowed = like == null;
      shelf = like == null ? buffers.lend() : like.shelf;
    }

    /**
     * Returns a tensor with the values of {@code t} that outlives this scope: in the enclosing
     * scope, or permanently. Nothing is copied. Tensors of other scopes are returned unchanged.
     *
     * @throws IllegalArgumentException if it was created in a scope nested in this one
     * @throws IllegalStateException if this scope has ended, or is not open on this thread
     */
    public Tensor keep(Tensor t) {
      if (!isOpenHere()) {
        throw new IllegalStateException(
            "[keep] expected a scope that this thread has open, got one "
                + (ended ? "that has ended" : "that is not open on this thread"));
      }
      if (t.lease() == this) {
        kept.add(t.storage());
        return t.leased(outer);
      }
      if (!(t.lease() instanceof Scope)) {
        return t;
      }
      for (Scope s = outer; s != null; s = s.outer) {
        if (t.lease() == s) {
          return t;
        }
      }
      throw new IllegalArgumentException(
          "[keep] " + t.type() + " " + t.shape() + " was created in a scope nested in this one");
    }

    private boolean isOpenHere() {
      Scope s = OPEN.get();
      while (s != null && s != this) {
        s = s.outer;
      }
      return s != null;
    }

    /**
     * Ends the scope. Closing it again has no effect.
     *
     * @throws IllegalStateException if it is not the innermost one of this thread
     */
    @Override
    public void close() {
      if (ended) {
        return;
      }
      if (OPEN.get() != this) {
        throw new IllegalStateException(
            "[buffers] expected a scope to end on the thread that opened it, after those nested in it");
      }
      ended = true;
      if (outer == null) {
        OPEN.remove();
      } else {
        OPEN.set(outer);
      }
      for (Loan loan : taken) {
        if (!kept.contains(loan.array)) {
          loan.place.addLast(loan.array);
        } else if (outer != null && outer.shelf == shelf) {
          outer.taken.add(loan);
        } // Otherwise it is not reused: its shelf may belong to another thread by then.
      }
      taken.clear();
      if (borrowed) {
        buffers.idle.addLast(shelf);
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
  }

  private static <A> A take(Elements<A> e, String op, Shape shape, Scope scope) {
    int log = 32 - Integer.numberOfLeadingZeros(Math.max(0, shape.size() - 1));
    if (log > 30) {
      return fresh(e, op, shape);
    }
    Deque<Object> place = scope.shelf.place(Tensor.type(e), log);
    Object array = place.pollLast();
    @SuppressWarnings("unchecked") // Each queue has arrays of one type.
    A found = array == null ? allocate(e, 1 << log, op, shape) : (A) array;
    scope.taken.add(new Loan(found, place));
    return found;
  }

  /** Returns the scope that this thread has open. */
  static @Nullable Scope current() {
    return OPEN.get();
  }

  /**
   * Returns an array for a result, at least as long as the shape has elements, with arbitrary
   * content.
   *
   * @throws OutOfMemoryError if it does not fit into memory; the message says how much would
   */
  static <A> A room(Elements<A> e, String op, Shape shape) {
    Scope scope = OPEN.get();
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
      DType type = Tensor.type(e);
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
