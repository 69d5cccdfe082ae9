package dev.unroll.tensor.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A sweep under construction. Its tasks are created when all buffers are known. */
final class SweepBuilder {
  final List<StageBuilder> stages = new ArrayList<>();
  final List<Supplier<Task>> once = new ArrayList<>();
  final List<Supplier<Accumulate>> accumulators = new ArrayList<>();
  final List<Buffer> carried = new ArrayList<>();

  /** A stage under construction. */
  static final class StageBuilder {
    final int number;
    final boolean loop;
    final List<Supplier<Task>> tasks = new ArrayList<>();
    long work;

    StageBuilder(int number, boolean loop) {
      this.number = number;
      this.loop = loop;
    }

    Stage close() {
      return new Stage(number, loop, tasks.stream().map(Supplier::get).toList(), work);
    }
  }

  Sweep close() {
    return new Sweep(
        once.stream().map(Supplier::get).toList(),
        stages.stream().map(StageBuilder::close).toList(),
        accumulators.stream().map(Supplier::get).toList(),
        carried.stream().map(h -> h.index).toList());
  }
}
