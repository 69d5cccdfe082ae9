package dev.unroll.tensor.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A sweep that is being written. Its tasks are made when all homes are known.
 *
 * @param <A> the array type
 */
final class SweepDraft<A> {
  final List<StageDraft<A>> stages = new ArrayList<>();
  final List<Supplier<Task<A>>> once = new ArrayList<>();
  final List<Supplier<Total<A>>> totals = new ArrayList<>();
  final List<Home> carried = new ArrayList<>();

  /** A stage that is being written. */
  static final class StageDraft<A> {
    final int number;
    final boolean loop;
    final List<Supplier<Task<A>>> tasks = new ArrayList<>();
    long work;

    StageDraft(int number, boolean loop) {
      this.number = number;
      this.loop = loop;
    }

    Stage<A> close() {
      return new Stage<>(number, loop, tasks.stream().map(Supplier::get).toList(), work);
    }
  }

  Sweep<A> close() {
    return new Sweep<>(
        once.stream().map(Supplier::get).toList(),
        stages.stream().map(StageDraft::close).toList(),
        totals.stream().map(Supplier::get).toList(),
        carried.stream().map(h -> h.index).toList());
  }
}
