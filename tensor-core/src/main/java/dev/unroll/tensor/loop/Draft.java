package dev.unroll.tensor.loop;

import dev.unroll.tensor.loop.Buffer.Kind;
import dev.unroll.tensor.loop.Buffer.Lifetime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** A loop under construction: its values, and the tasks of its sweeps and stages. */
final class Draft {
  final Values values = new Values();
  private final List<SweepBuilder> sweeps = new ArrayList<>();
  private int stages;

  void sweep() {
    sweeps.add(new SweepBuilder());
    values.enterSweep();
  }

  /**
   * Begins a stage.
   *
   * @param loop whether the next step needs what this one computes
   */
  void stage(boolean loop) {
    sweeps.getLast().begin(stages++, loop);
    values.enterStage(loop);
  }

  /** Returns the number of stages. */
  int stages() {
    return stages;
  }

  /** Adds a value carried from the previous step. */
  int carried(int... dims) {
    Buffer b = values.buffer(Kind.CARRIED, Lifetime.BLOCK, dims);
    sweeps.getLast().carried.add(b);
    return values.add(new Value(b, TimeSlot.PREVIOUS, Value.AS_COMPUTED));
  }

  /**
   * Adds a task to the current stage, or, if it computes a loop-invariant value, to the tasks that
   * run before all stages; unless it has nothing to write.
   *
   * @param out a value that it writes
   * @param work the approximate number of multiply-adds for each element of that value
   */
  void task(int out, long work, Supplier<Task> task) {
    int elements = values.layout(out).size();
    if (elements > 0) {
      sweeps.getLast().add(values.isOnce(out), elements * work, task);
    }
  }

  /** Copies a value into another. */
  void copy(int from, int to) {
    task(to, 0, () -> new CopyRows(values.operand(from), values.operand(to)));
  }

  /** Returns a copy of a value; a loop-invariant one is copied once. */
  int copy(int v) {
    values.read(v);
    int out = values.computed(values.isOnce(v) ? Lifetime.ONCE : Lifetime.STEP, values.dims(v));
    copy(v, out);
    return out;
  }

  /**
   * Returns a value whose rows lie in those of its buffer, columns adjacent: the value itself, or a
   * copy. This alone makes a {@link RowMajor} of an {@link Operand}. The value remains row-major,
   * because buffers move only to row-major locations.
   */
  int rowMajor(int v) {
    return values.operand(v) instanceof RowMajor ? v : copy(v);
  }

  /**
   * Returns the same for an accumulator, which reads it after all stages. A copy has a stage of its
   * own: the next step does not need it.
   */
  int rowMajorAfter(int v) {
    if (!(values.operand(v) instanceof RowMajor)) {
      stage(false);
    }
    int in = rowMajor(v);
    values.readAfter(in);
    return in;
  }

  /**
   * Adds an accumulator.
   *
   * @param task returns the accumulation into the buffer with an index
   */
  int accumulator(IntFunction<Accumulate> task, int... dims) {
    Buffer b = values.buffer(Kind.ACCUMULATOR, Lifetime.ONCE, dims);
    sweeps.getLast().accumulators.add(() -> task.apply(b.index));
    return values.add(Value.of(b));
  }

  /** Returns the sweeps, when the locations of all buffers are known. */
  List<Sweep> close() {
    return sweeps.stream().map(SweepBuilder::close).toList();
  }
}
