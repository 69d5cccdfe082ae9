package dev.unroll.tensor.loop;

import java.util.List;

/**
 * One way through time: the stages of a block, and what is added up behind them. Lists are walked
 * by number: an iterator would be an object for each block, which is each step of a stream.
 *
 * @param once what is computed before the first block
 * @param carried the arrays that this carries from step to step
 * @param <A> the array type
 */
record Sweep<A>(
    List<Task<A>> once, List<Stage<A>> stages, List<Total<A>> totals, List<Integer> carried) {

  /** Returns the most rows of a task. */
  int rows() {
    return stages.stream().mapToInt(Stage::mostRows).max().orElse(1);
  }

  /** Returns whether a step reads a weight that the cache of one core cannot hold. */
  boolean isWide() {
    return stages.stream().anyMatch(Stage::isWide);
  }

  /** Returns the most registers of a task. */
  int registers() {
    int most = stages.stream().mapToInt(Stage::registers).max().orElse(0);
    return once.stream().mapToInt(Task::registers).reduce(most, Math::max);
  }

  /** Runs one block. */
  void block(Frame<A> f, int from, int to, boolean ascending) {
    f.start = from;
    int first = ascending ? from : to - 1;
    int last = ascending ? to - 1 : from;
    for (int i = 0; i < carried.size(); i++) {
      int c = carried.get(i);
      f.before[c] = ascending ? 0 : 1;
      int at = f.slot(c, Value.When.BEFORE, first) * f.stride[c];
      f.elements.copy(f.stride[c], f.state(c), 0, 1, f.array(c), at, 1);
    }
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).run(f, from, to, ascending);
    }
    for (int i = 0; i < carried.size(); i++) {
      int c = carried.get(i);
      int at = f.slot(c, Value.When.AFTER, last) * f.stride[c];
      f.elements.copy(f.stride[c], f.array(c), at, 1, f.state(c), 0, 1);
    }
    for (int i = 0; i < totals.size(); i++) {
      totals.get(i).add(f, from, to);
    }
  }
}
