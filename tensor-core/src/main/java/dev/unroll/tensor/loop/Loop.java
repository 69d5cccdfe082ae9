package dev.unroll.tensor.loop;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.loop.Buffer.Kind;
import dev.unroll.tensor.loop.Buffer.Lifetime;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A step that is planned ahead and run many times: products, pointwise programs and what else a
 * recurrent network computes at each step, with all buffers laid out before the first. What a
 * {@link dev.unroll.tensor.Program} is to a chain of elementwise operations this is to a loop over
 * time.
 *
 * <p>A loop is made by a {@link LoopBuilder} and run with {@link #run}. It holds no numbers: any
 * number of threads may run it.
 */
public final class Loop {
  /** How many workspaces wait for later runs, at most. */
  private static final int MOST_IDLE = 4;

  /** Rows of a block: enough for products over all of them, few enough to stay in the caches. */
  private static final int ROWS = 256;

  /** The same where a weight stays in no cache: its gradient is read and written once a block. */
  private static final int WIDE_ROWS = 1024;

  final DType type;
  private final List<Buffer> buffers;
  private final List<Sweep> sweeps;
  private final int[] index; // [value]: its buffer
  private final Sizes sizes;
  private final List<LoopInput> inputs;
  private final List<LoopValue> outputs;

  /** Workspaces that no run uses now: the next one finds its arrays warm. */
  private final Deque<Workspace<?>> idle = new ConcurrentLinkedDeque<>();

  /** How many of each a workspace holds. */
  record Sizes(int matrices, List<Integer> tables, int opaques, int registers, int stages) {}

  Loop(
      DType type,
      List<Buffer> buffers,
      List<Sweep> sweeps,
      int[] index,
      Sizes sizes,
      List<LoopInput> inputs,
      List<LoopValue> outputs) {
    this.type = type;
    this.buffers = buffers;
    this.sweeps = sweeps;
    this.index = index;
    this.sizes = sizes;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * Begins a run.
   *
   * @param steps T, at least 1
   * @param ascending whether the forward sweep goes from the first step to the last
   * @param keeps whether what the backward sweep needs is saved; else it is computed again block by
   *     block, to the same bits
   */
  public LoopRun run(int steps, boolean ascending, boolean keeps) {
    return LoopRun.of(this, steps, ascending, keeps);
  }

  /** Returns the bytes that each step saves for the backward sweep. */
  public long savedPerStep() {
    return buffers.stream()
        .filter(b -> b.sweep == 1 && b.lifetime == Lifetime.ALL && b.kind != Kind.BOUND)
        .mapToLong(b -> (long) b.size() * type.bytes())
        .sum();
  }

  /** Returns all that must be bound, in the order of its declaration. */
  List<LoopInput> inputs() {
    return inputs;
  }

  /** Returns all values that are handed out. */
  List<LoopValue> outputs() {
    return outputs;
  }

  Sweep sweep(int sweep) {
    return sweeps.get(sweep);
  }

  List<Buffer> buffers() {
    return buffers;
  }

  /** Returns the buffer of a value, after all moves. */
  Buffer buffer(LoopValue v) {
    return buffers.get(index[v.id()]);
  }

  /**
   * Returns the arrays of a run with any content, but for those that are bound or handed out.
   *
   * @param steps of the whole run
   * @param block steps of a block
   * @param keeps whether all steps are saved for the backward sweep, or only those of a block
   */
  @SuppressWarnings("unchecked") // All workspaces hold arrays of the loop's type.
  <A> Workspace<A> workspace(Elements<A> e, int steps, int block, boolean keeps) {
    Workspace<?> found = idle.pollLast();
    return found != null && found.steps == steps && found.keeps == keeps
        ? (Workspace<A>) found
        : new Workspace<>(e, buffers, sizes, steps, block, keeps);
  }

  /** Takes the arrays of a run back, but for those that were bound or handed out. */
  void release(Workspace<?> w) {
    w.clear(buffers);
    if (idle.size() < MOST_IDLE) {
      idle.addLast(w);
    }
  }

  /**
   * Returns the steps of a block: as many as blocks, so that what is kept of borders and of a block
   * grows as the square root, but no fewer than make a good product.
   */
  int block(int steps) {
    int rows = Math.max(1, sweeps.getFirst().rows());
    int wanted = sweeps.stream().anyMatch(Sweep::isWide) ? WIDE_ROWS : ROWS;
    int least = Math.max((wanted + rows - 1) / rows, (int) Math.ceil(Math.sqrt(steps)));
    return Math.min(steps, least);
  }

  /**
   * Checks row ids.
   *
   * @throws IllegalArgumentException if one is outside of the shortest table that they are for
   */
  void check(LoopInput.Ids ids, int... values) {
    int rows = sizes.tables.get(ids.id());
    for (int id : values) {
      if (id < 0 || id >= rows) {
        throw new IllegalArgumentException(
            "[gather] id " + id + " is outside 0 to " + (rows - 1) + ", the rows of the table");
      }
    }
  }
}
