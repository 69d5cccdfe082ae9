package dev.unroll.tensor.loop;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.loop.Buffer.Kind;
import dev.unroll.tensor.loop.Buffer.Lifetime;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A step that is planned once and run many times: products, pointwise programs and other operations
 * of each step of a recurrent network, with all buffers laid out in advance. It is to a loop over
 * time what a {@link dev.unroll.tensor.Program} is to a sequence of elementwise operations.
 *
 * <p>A loop is built by a {@link LoopBuilder} and run by a {@link LoopRun}. It holds no data: any
 * number of threads may run it.
 */
public final class Loop {
  /** The maximum number of idle workspaces. */
  private static final int MOST_IDLE = 4;

  /** Rows of a block: enough for products over all of them, few enough to stay in the caches. */
  private static final int ROWS = 256;

  /**
   * The same for weights that exceed the caches: their gradient is read and written once per block.
   */
  private static final int WIDE_ROWS = 1024;

  final DType type;
  private final List<Buffer> buffers;
  private final List<Sweep> sweeps;
  private final int[] index; // [value]: its buffer
  private final Workspace.Sizes sizes;
  private final List<LoopInput> inputs;
  private final BitSet bound; // the values among the inputs
  private final List<LoopValue> outputs;

  /** Idle workspaces, whose arrays are warm for the next run. */
  private final Deque<Workspace<?>> idle = new ConcurrentLinkedDeque<>();

  Loop(
      DType type,
      List<Buffer> buffers,
      List<Sweep> sweeps,
      int[] index,
      Workspace.Sizes sizes,
      List<LoopInput> inputs,
      List<LoopValue> outputs) {
    this.type = type;
    this.buffers = buffers;
    this.sweeps = sweeps;
    this.index = index;
    this.sizes = sizes;
    this.inputs = inputs;
    this.outputs = outputs;
    bound = new BitSet(index.length);
    for (LoopInput input : inputs) {
      if (input instanceof LoopValue v) {
        bound.set(v.id());
      }
    }
  }

  /** Returns the bytes that each step saves for the backward sweep. */
  public long savedPerStep() {
    return buffers.stream()
        .filter(b -> b.sweep == 0 && b.lifetime == Lifetime.ALL && b.kind != Kind.BOUND)
        .mapToLong(b -> (long) b.size() * type.bytes())
        .sum();
  }

  /** Returns the inputs, in the order of their declaration. */
  List<LoopInput> inputs() {
    return inputs;
  }

  /** Returns whether a value is an input. */
  boolean isInput(LoopValue v) {
    return bound.get(v.id());
  }

  /** Returns the outputs. */
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
   * Returns the arrays of a run with arbitrary content, except those that are bound or output.
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

  /** Reclaims the arrays of a run, except those that were bound or output. */
  void release(Workspace<?> w) {
    w.clear(buffers);
    if (idle.size() < MOST_IDLE) {
      idle.addLast(w);
    }
  }

  /**
   * Returns the steps of a block: as many as there are blocks, so that the memory of borders and of
   * a block grows with the square root of T, but at least as many as efficient products need.
   */
  int block(int steps) {
    int rows = sweeps.getFirst().rows();
    int wanted = sweeps.stream().anyMatch(Sweep::isWide) ? WIDE_ROWS : ROWS;
    int least = Math.max((wanted + rows - 1) / rows, (int) Math.ceil(Math.sqrt(steps)));
    return Math.min(steps, least);
  }

  /**
   * Checks row ids.
   *
   * @throws IllegalArgumentException if one is out of range of the shortest table that they index
   */
  void check(LoopInput.Ids ids, int... values) {
    int rows = sizes.tables().get(ids.id());
    for (int id : values) {
      if (id < 0 || id >= rows) {
        throw new IllegalArgumentException(
            "[gather] id " + id + " is outside 0 to " + (rows - 1) + ", the rows of the table");
      }
    }
  }
}
