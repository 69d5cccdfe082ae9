package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Team;
import java.util.List;

/**
 * Tasks that run together, step by step; products that do not depend on the previous step run over
 * all steps of a block at once.
 */
final class Stage {
  /** Below this many multiply-adds, another thread costs more than it saves. */
  private static final long ALONE = 1 << 18;

  /** Fewer rows than this make poor products. */
  private static final int LEAST_ROWS = 4;

  /**
   * The maximum number of elements of a weight that remain in the cache of a core from step to
   * step.
   */
  private static final long IN_CACHE = 1 << 18;

  private final int number;
  private final boolean loop;
  private final Task[] tasks;
  private final long work;
  private final boolean wide;

  /** The number of rows to divide for all tasks, or -1. */
  private final int rows;

  /** The same for the tasks from each one up to the next product. */
  private final int[] rowsApart;

  /**
   * Combines tasks.
   *
   * @param number the index of the stage in the loop
   * @param loop whether the next step needs what this one computes
   * @param work the approximate number of multiply-adds of a step
   */
  Stage(int number, boolean loop, List<Task> tasks, long work) {
    this.number = number;
    this.loop = loop;
    this.tasks = tasks.toArray(Task[]::new);
    this.work = work;
    wide = tasks.stream().anyMatch(Stage::hasWideWeight);
    rows = RowSplit.rows(tasks);
    rowsApart = new int[tasks.size()];
    for (int i = 0; i < rowsApart.length; i++) {
      rowsApart[i] = RowSplit.rows(tasks.subList(i, endOfRun(i)));
    }
  }

  /** Returns the next product from a task on, or the end. */
  private int endOfRun(int first) {
    int end = first;
    while (end < tasks.length && !(tasks[end] instanceof Multiply)) {
      end++;
    }
    return end;
  }

  /** Returns whether a product has a weight that the cache of one core cannot hold. */
  boolean isWide() {
    return wide;
  }

  /** Returns the most rows of a task. */
  int mostRows() {
    int most = 1;
    for (Task t : tasks) {
      most = Math.max(most, t.rows());
    }
    return most;
  }

  /** Runs steps {@code from} to {@code to}, exclusive. */
  <A> void run(Workspace<A> w, int from, int to, boolean ascending) {
    if (!loop) {
      apart(w, from, to, ascending);
    } else if (!wide || Team.size() == 1) {
      // Rows that depend only on their own past are divided, and synchronize only after the block.
      steps(w, rows, 0, tasks.length, from, to, ascending);
    } else {
      // Each core repeatedly reads a part of the weight instead of all of it.
      for (int i = from; i < to; i++) {
        int t = ascending ? i : to - 1 - (i - from);
        apart(w, t, t + 1, ascending);
      }
    }
  }

  private static boolean hasWideWeight(Task task) {
    return task instanceof Multiply m && m.weights() > IN_CACHE;
  }

  /** Runs products, which divide themselves, separately from the tasks between them. */
  private <A> void apart(Workspace<A> w, int from, int to, boolean ascending) {
    int i = 0;
    while (i < tasks.length) {
      if (tasks[i] instanceof Multiply m) { // A product of all steps is faster.
        m.run(w, from, to);
        i++;
      } else { // Step by step, so that values are read while they are in the caches.
        int end = endOfRun(i);
        steps(w, rowsApart[i], i, end, from, to, ascending);
        i = end;
      }
    }
  }

  /** Runs tasks {@code first} to {@code end}, exclusive, step by step. */
  private <A> void steps(
      Workspace<A> w, int common, int first, int end, int from, int to, boolean ascending) {
    int parts = parts(common, to - from);
    if (parts == 1) {
      steps(w, ranges(w, 0, 1), first, end, from, to, ascending);
    } else {
      Team.run(parts, part -> steps(w, ranges(w, part, parts), first, end, from, to, ascending));
    }
  }

  private <A> void steps(
      Workspace<A> w,
      RowRange<A>[] ranges,
      int first,
      int end,
      int from,
      int to,
      boolean ascending) {
    for (int i = from; i < to; i++) {
      int t = ascending ? i : to - 1 - (i - from);
      for (int k = first; k < end; k++) {
        tasks[k].run(w, ranges[k], t);
      }
    }
  }

  /** Returns the number of parts that a number of rows is divided into for a number of steps. */
  int parts(int rows, int steps) {
    return work * steps < ALONE ? 1 : Math.clamp(rows / LEAST_ROWS, 1, Team.size());
  }

  /** Returns the rows of a part in each task, which the workspace retains for the next block. */
  @SuppressWarnings("unchecked")
  private <A> RowRange<A>[] ranges(Workspace<A> w, int part, int parts) {
    int slot = parts == 1 ? 0 : part + 1;
    RowRange<A>[] ranges = w.ranges(number, slot);
    if (ranges == null || ranges[0].parts != parts) {
      ranges = (RowRange<A>[]) new RowRange<?>[tasks.length];
      for (int i = 0; i < ranges.length; i++) {
        ranges[i] = new RowRange<>(tasks[i].rows(), tasks[i].frame(), part, parts);
      }
      w.setRanges(number, slot, ranges);
    }
    return ranges;
  }
}
