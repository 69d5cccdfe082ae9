package dev.unroll.tensor.loop;

import java.util.List;

/**
 * One pass over the steps: the stages of a block, and the accumulators after them. Lists are
 * traversed by index: an iterator would be an object per block, which is each step of a stream.
 *
 * @param once the tasks before the first block
 * @param carried the arrays carried from step to step
 */
record Sweep(
    List<Task> once, List<Stage> stages, List<Accumulate> accumulators, List<Integer> carried) {

  /** Returns the most rows of a task. */
  int rows() {
    return stages.stream().mapToInt(Stage::mostRows).max().orElse(1);
  }

  /** Returns whether a step reads a weight that the cache of one core cannot hold. */
  boolean isWide() {
    return stages.stream().anyMatch(Stage::isWide);
  }

  /** Runs one block. */
  <A> void block(Workspace<A> w, int from, int to, boolean ascending) {
    w.start = from;
    int first = ascending ? from : to - 1;
    int last = ascending ? to - 1 : from;
    for (int i = 0; i < carried.size(); i++) {
      int c = carried.get(i);
      w.before[c] = ascending ? 0 : 1;
      int at = w.slot(c, TimeSlot.PREVIOUS, first) * w.stride[c];
      w.elements.copy(w.stride[c], w.state(c), 0, 1, w.array(c), at, 1);
    }
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).run(w, from, to, ascending);
    }
    for (int i = 0; i < carried.size(); i++) {
      int c = carried.get(i);
      int at = w.slot(c, TimeSlot.NEXT, last) * w.stride[c];
      w.elements.copy(w.stride[c], w.array(c), at, 1, w.state(c), 0, 1);
    }
    for (int i = 0; i < accumulators.size(); i++) {
      accumulators.get(i).add(w, from, to);
    }
  }
}
