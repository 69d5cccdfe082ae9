package dev.unroll.tensor.loop;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the rows of tasks that run step after step can be divided among threads, which do not
 * wait for each other between tasks or steps. Then no row may depend on another: what the tasks
 * write, at this step or an earlier one, they read at the same row.
 */
final class RowSplit {
  private RowSplit() {}

  /** Returns how many rows the tasks divide, or -1 if one thread must run them. */
  static int rows(List<? extends Task> tasks) {
    int common = tasks.isEmpty() ? -1 : tasks.getFirst().rows();
    Set<Integer> written = new HashSet<>();
    for (Task task : tasks) {
      if (task.rows() != common) {
        return -1;
      }
      task.writes().forEach(p -> written.add(p.array()));
    }
    for (Task task : tasks) {
      if (!areAligned(task.writes(), written) || !areAligned(task.reads(), written)) {
        return -1;
      }
    }
    return common;
  }

  private static boolean areAligned(List<Operand> places, Set<Integer> written) {
    return places.stream().allMatch(p -> p.aligned() || !written.contains(p.array()));
  }
}
