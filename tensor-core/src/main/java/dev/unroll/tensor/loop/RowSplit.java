package dev.unroll.tensor.loop;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether the rows of tasks that run step by step can be divided among threads without
 * synchronization between tasks or steps. This requires that rows are independent: tasks read a
 * value that they write, at this step or an earlier one, at the same row.
 */
final class RowSplit {
  private RowSplit() {}

  /** Returns the number of rows to divide, or -1 if one thread must run the tasks. */
  static int rows(List<? extends Task> tasks) {
    int common = tasks.isEmpty() ? -1 : tasks.getFirst().rows();
    Set<Integer> written = new HashSet<>();
    for (Task task : tasks) {
      if (task.rows() != common) {
        return -1;
      }
      task.writes().forEach(p -> written.add(p.location().buffer()));
    }
    for (Task task : tasks) {
      if (!isDivided(task.writes(), written) || !isDivided(task.reads(), written)) {
        return -1;
      }
    }
    return common;
  }

  private static boolean isDivided(List<? extends Operand> operands, Set<Integer> written) {
    return operands.stream()
        .allMatch(p -> p instanceof Aligned || !written.contains(p.location().buffer()));
  }
}
