package dev.unroll.tensor.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A sweep under construction. Its tasks are created when all buffers are known. */
final class SweepBuilder {
  final List<Supplier<Accumulate>> accumulators = new ArrayList<>();
  final List<Buffer> carried = new ArrayList<>();
  private final List<Supplier<Task>> once = new ArrayList<>();
  private final List<StageBuilder> stages = new ArrayList<>();

  private static final class StageBuilder {
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

  void begin(int stage, boolean loop) {
    stages.add(new StageBuilder(stage, loop));
  }

  /** Adds a task to the current stage, or to those that run once. */
  void add(boolean isOnce, long work, Supplier<Task> task) {
    if (isOnce) {
      once.add(task);
    } else {
      StageBuilder stage = stages.getLast();
      stage.tasks.add(task);
      stage.work += work;
    }
  }

  Sweep close() {
    return new Sweep(
        once.stream().map(Supplier::get).toList(),
        stages.stream().filter(s -> !s.tasks.isEmpty()).map(StageBuilder::close).toList(),
        accumulators.stream().map(Supplier::get).toList(),
        carried.stream().map(h -> h.index).toList());
  }
}
