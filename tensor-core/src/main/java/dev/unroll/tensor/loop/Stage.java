package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Team;
import java.util.List;

/**
 * Tasks that run together: step after step, or each over all steps of a block at once.
 *
 * @param loop whether the next step needs what this one computes
 * @param work multiply-adds of a step, about
 * @param <A> the array type
 */
record Stage<A>(boolean loop, List<Task<A>> tasks, long work) {
  /** Below this many multiply-adds, another thread costs more than it saves. */
  private static final long ALONE = 1 << 18;

  /** Fewer rows than this make poor products. */
  private static final int LEAST_ROWS = 4;

  /** Runs steps {@code from} to {@code to}, exclusive. */
  void run(Frame<A> f, int from, int to, boolean ascending) {
    if (!loop) {
      for (Task<A> task : tasks) {
        if (task instanceof Multiply || task.rows() < 2 * LEAST_ROWS) {
          task.run(f, f.lane(0, 1, Math.max(1, task.rows())), from, to);
        } else {
          int parts = parts(task.rows(), to - from);
          Team.run(parts, part -> task.run(f, f.lane(part, parts, task.rows()), from, to));
        }
      }
      return;
    }
    int rows = rows();
    int parts = parts(rows, to - from);
    if (parts <= 1) {
      steps(f, 0, 1, from, to, ascending);
    } else {
      Team.run(parts, part -> steps(f, part, parts, from, to, ascending));
    }
  }

  private int parts(int rows, int steps) {
    return work * steps < ALONE ? 1 : Math.clamp(rows / LEAST_ROWS, 1, Team.size());
  }

  /** Returns the number of rows, if each depends on its own past alone, or -1. */
  private int rows() {
    int rows = tasks.isEmpty() ? -1 : tasks.getFirst().rows();
    for (Task<A> task : tasks) {
      rows = task.rows() == rows ? rows : -1;
    }
    return rows;
  }

  private void steps(Frame<A> f, int part, int parts, int from, int to, boolean ascending) {
    List<Lane<A>> lanes =
        tasks.stream().map(task -> f.lane(part, parts, Math.max(1, task.rows()))).toList();
    int n = tasks.size();
    for (int i = from; i < to; i++) {
      int t = ascending ? i : to - 1 - (i - from);
      for (int k = 0; k < n; k++) {
        tasks.get(k).run(f, lanes.get(k), t);
      }
    }
  }
}
