package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.kernel.Right;
import dev.unroll.tensor.loop.Home.Kind;
import dev.unroll.tensor.loop.Home.Span;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.IntFunction;

/**
 * A loop as it is run: what lies where, and what is done when. It holds no numbers, so that many
 * runs can share it.
 *
 * @param <A> the array type
 */
public final class Loop<A> {
  private final Elements<A> elements;
  private final List<Home> homes;
  private final List<Sweep<A>> sweeps;
  private final int[] index;
  private final Sizes sizes;

  /** How many of each a frame holds. */
  record Sizes(int packed, List<Integer> tables, int foreign, int registers, int stages) {}

  Loop(Elements<A> elements, List<Home> homes, List<Sweep<A>> sweeps, int[] index, Sizes sizes) {
    this.elements = elements;
    this.homes = homes;
    this.sweeps = sweeps;
    this.index = index;
    this.sizes = sizes;
  }

  /** Frames that no run uses now: the next one finds its arrays warm. */
  private final Deque<Frame<A>> idle = new ConcurrentLinkedDeque<>();

  /** So many are held for runs to come. */
  private static final int HELD = 4;

  /**
   * Returns the arrays of a run, those that are bound or handed out left open, with any content.
   *
   * @param steps of the whole run
   * @param block steps of a block
   * @param keeps whether all steps are kept for the way back, or only those of a block
   */
  public Frame<A> frame(int steps, int block, boolean keeps) {
    Frame<A> found = idle.pollLast();
    return found != null && found.steps == steps && found.keeps == keeps
        ? found
        : fresh(steps, block, keeps);
  }

  /** Takes the arrays of a run back; what was bound or handed out is let go of. */
  public void release(Frame<A> f) {
    for (int i = 0; i < homes.size(); i++) {
      Home h = homes.get(i);
      if (h.kind == Kind.BOUND || h.kind == Kind.TOTAL || h.handedOut) {
        f.arrays[i] = null;
      }
    }
    f.giveBack();
    Arrays.fill(f.foreign, null);
    if (idle.size() < HELD) {
      idle.addLast(f);
    }
  }

  private Frame<A> fresh(int steps, int block, boolean keeps) {
    Frame<A> f = new Frame<>(elements, homes.size(), sizes, steps, keeps);
    for (int i = 0; i < homes.size(); i++) {
      Home h = homes.get(i);
      boolean blocked = h.span == Span.BLOCK || (h.span == Span.ALL && !keeps);
      f.blocked[i] = blocked && !h.handedOut && h.kind != Kind.BOUND;
      f.stride[i] = h.span == Span.ONCE || h.span == Span.STEP ? 0 : h.size();
      int slots = f.stride[i] == 0 ? 1 : f.blocked[i] ? block : steps;
      if (h.kind == Kind.CARRIED) {
        f.state[i] = elements.allocate(h.size());
        slots++;
      }
      if (h.kind != Kind.BOUND && !h.handedOut) {
        f.arrays[i] = elements.allocate(Math.multiplyExact(slots, h.size()));
      }
    }
    return f;
  }

  /** Returns the bytes that a step adds to what is kept for the way back. */
  public long keptPerStep(int bytes) {
    return homes.stream()
        .filter(h -> h.sweep == 1 && h.span == Span.ALL && h.kind != Kind.BOUND)
        .mapToLong(h -> (long) h.size() * bytes)
        .sum();
  }

  /** Rows of a block: enough for products over all of them, few enough to stay in the caches. */
  private static final int ROWS = 256;

  /** The same where a weight stays in no cache: its gradient is read and written once a block. */
  private static final int WIDE_ROWS = 1024;

  /**
   * Returns the steps of a block: as many as blocks, so that what is kept of borders and of a block
   * grows as the square root, but no fewer than make a good product.
   */
  public int block(int steps) {
    int rows = Math.max(1, sweeps.getFirst().rows());
    int wanted = sweeps.stream().anyMatch(Sweep::isWide) ? WIDE_ROWS : ROWS;
    int least = Math.max((wanted + rows - 1) / rows, (int) Math.ceil(Math.sqrt(steps)));
    return Math.min(steps, least);
  }

  /** Returns the number of elements of a value's array in one slot. */
  public int size(int value) {
    return homes.get(at(value)).size();
  }

  private int at(int value) {
    return index[value];
  }

  /** Binds an array to a constant, a sequence or an output. */
  public void bind(Frame<A> f, int value, A array) {
    f.arrays[at(value)] = array;
  }

  /**
   * Checks row numbers.
   *
   * @throws IllegalArgumentException if one is outside of the shortest table that they are for
   */
  public void checkIds(int ids, int... values) {
    int rows = sizes.tables.get(ids);
    for (int id : values) {
      if (id < 0 || id >= rows) {
        throw new IllegalArgumentException(
            "[gather] id " + id + " is outside 0 to " + (rows - 1) + ", the rows of the table");
      }
    }
  }

  /** Binds a packed matrix. */
  public void bindMatrix(Frame<A> f, int matrix, Right.Packed<A> m) {
    f.bind(matrix, m);
  }

  /** Binds a matrix {@code [k, n]}, packed into memory that the run gives back when it ends. */
  @SuppressWarnings("unchecked") // A frame holds arrays of one type.
  public void packMatrix(Frame<A> f, int matrix, int k, int n, Matrix<A> b) {
    Right.Packed<A> own = (Right.Packed<A>) f.own[matrix];
    if (own != null && own.k() == k && own.n() == n) {
      Product.repack(elements, b, own);
    } else {
      own = Product.pack(elements, k, n, b);
      f.own[matrix] = own;
    }
    f.bind(matrix, own);
  }

  /** Returns what is carried at present: the initial value, or what the last block handed on. */
  public A state(Frame<A> f, int carried) {
    return f.state(at(carried));
  }

  /** Returns an array of the frame. */
  public A array(Frame<A> f, int value) {
    return f.array(at(value));
  }

  /** Returns whether a value that is handed out is also carried, so that it has one slot more. */
  public boolean isCarried(int value) {
    return homes.get(at(value)).kind == Kind.CARRIED;
  }

  /** Returns whether a value is computed in the first sweep, and not in the second. */
  public boolean isForward(int value) {
    return homes.get(at(value)).sweep == 1;
  }

  /**
   * Prepares a sweep: sums begin at zero, and what is the same at all steps is computed.
   *
   * @param zeros makes an array for a sum, which is handed out, of at least so many zeros
   */
  public void begin(Frame<A> f, int sweep, IntFunction<A> zeros) {
    for (int i = 0; i < homes.size(); i++) {
      Home h = homes.get(i);
      if (h.kind == Kind.TOTAL && h.sweep == sweep + 1) {
        f.arrays[i] = zeros.apply(h.size());
      }
    }
    for (Task<A> task : sweeps.get(sweep).once()) {
      task.run(f, f.lane(0, 1, Math.max(1, task.rows())), 0);
    }
  }

  /** Runs one block of a sweep: steps {@code from} to {@code to}, exclusive. */
  public void block(Frame<A> f, int sweep, int from, int to, boolean ascending) {
    sweeps.get(sweep).block(f, from, to, ascending);
  }
}
