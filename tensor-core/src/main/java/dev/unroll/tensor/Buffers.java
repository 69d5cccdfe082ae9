package dev.unroll.tensor;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that are reused while they are still in the caches. While a thread has a scope open, its
 * results are stored in arrays of these buffers; when the scope ends, the next one overwrites them.
 *
 * {@snippet class="snippets.TensorTest" region="Buffers"}
 *
 * <p>A fresh array costs zeroing and cache misses: a sum of two tensors of 64 KB takes half the
 * time in a scope, one of 1 MB a third, and a small one the same. Buffers retain as much memory as
 * the largest scope used, for each thread with an open scope at the same time, until they are
 * garbage collected. Outside scopes every tensor has an array of its own.
 */
public final class Buffers {
  private final ArrayScope.Pool pool = new ArrayScope.Pool();

  /** Creates empty buffers. */
  public Buffers() {}

  /** Opens a scope on this thread, nested in the open one, if any. */
  public Scope open() {
    return new Scope(ArrayScope.open(pool));
  }

  /**
   * Runs a task as if this thread had no scope open, for results that must outlive the scope, such
   * as the next value of a parameter.
   */
  public static <T> T outside(Supplier<T> work) {
    return ArrayScope.in(null, Objects.requireNonNull(work, "work"));
  }

  /** Returns the place where this thread's results are stored now. */
  public static Place here() {
    return new Place(ArrayScope.current());
  }

  /** A place for results: a scope, or none. */
  public static final class Place {
    private final @Nullable ArrayScope arrays;

    private Place(@Nullable ArrayScope arrays) {
      this.arrays = arrays;
    }

    /**
     * Runs a task now whose results live as long as those that this place had when it was taken:
     * they belong to its scope, whatever scopes have been opened in it since. If that scope is not
     * open on this thread, or if there was none, they have arrays of their own.
     */
    public <T> T call(Supplier<T> work) {
      return ArrayScope.in(arrays, Objects.requireNonNull(work, "work"));
    }
  }

  /**
   * A scope, during which tensors of one thread borrow arrays. Other threads may read them until it
   * ends.
   */
  public static final class Scope implements AutoCloseable {
    private final ArrayScope arrays;

    private Scope(ArrayScope arrays) {
      this.arrays = arrays;
    }

    /**
     * Returns a tensor with the values of {@code t} that outlives this scope: in the enclosing
     * scope, or permanently. Nothing is copied. Tensors of other scopes are returned unchanged.
     *
     * @throws IllegalArgumentException if it was created in a scope nested in this one
     * @throws IllegalStateException if this scope has ended, or is not open on this thread
     */
    public Tensor keep(Tensor t) {
      if (!arrays.isOpenHere()) {
        throw new IllegalStateException(
            "[keep] expected a scope that this thread has open, got one "
                + (arrays.hasEnded() ? "that has ended" : "that is not open on this thread"));
      }
      if (t.lease() == arrays) {
        arrays.keep(t.storage());
        return t.leased(arrays.outer());
      }
      if (!(t.lease() instanceof ArrayScope)) {
        return t;
      }
      for (ArrayScope s = arrays.outer(); s != null; s = s.outer()) {
        if (t.lease() == s) {
          return t;
        }
      }
      throw new IllegalArgumentException(
          "[keep] " + t.type() + " " + t.shape() + " was created in a scope nested in this one");
    }

    /**
     * Ends the scope. Closing it again has no effect.
     *
     * @throws IllegalStateException if it is not the innermost one of this thread
     */
    @Override
    public void close() {
      arrays.end();
    }
  }
}
