package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Team;
import java.util.List;

/**
 * Tasks that run together: step after step, or each over all steps of a block at once.
 *
 * @param <A> the array type
 */
final class Stage<A> {
  /** Below this many multiply-adds, another thread costs more than it saves. */
  private static final long ALONE = 1 << 18;

  /** Fewer rows than this make poor products. */
  private static final int LEAST_ROWS = 4;

  private final int number;
  private final boolean loop;
  private final Task<A>[] tasks;
  private final long work;
  private final int rows;

  /**
   * Puts tasks together.
   *
   * @param number of the stage in the loop
   * @param loop whether the next step needs what this one computes
   * @param work multiply-adds of a step, about
   */
  @SuppressWarnings("unchecked")
  Stage(int number, boolean loop, List<Task<A>> tasks, long work) {
    this.number = number;
    this.loop = loop;
    this.tasks = tasks.toArray(Task[]::new);
    this.work = work;
    int common = tasks.isEmpty() ? -1 : tasks.getFirst().rows();
    for (Task<A> t : tasks) {
      common = t.rows() == common ? common : -1;
    }
    rows = common;
  }

  /** Returns the most rows of a task. */
  int rows() {
    int most = 1;
    for (Task<A> t : tasks) {
      most = Math.max(most, t.rows());
    }
    return most;
  }

  int registers() {
    int most = 0;
    for (Task<A> t : tasks) {
      most = Math.max(most, t.registers());
    }
    return most;
  }

  /** Runs steps {@code from} to {@code to}, exclusive. */
  void run(Frame<A> f, int from, int to, boolean ascending) {
    if (loop) {
      // Rows that depend on their own past alone are divided, and meet only behind the block.
      int parts = parts(rows, to - from);
      if (parts <= 1) {
        steps(f, 0, 1, from, to, ascending);
      } else {
        Team.run(parts, part -> steps(f, part, parts, from, to, ascending));
      }
      return;
    }
    for (int i = 0; i < tasks.length; i++) {
      Task<A> task = tasks[i];
      int parts = task instanceof Multiply ? 1 : parts(task.rows(), to - from);
      if (parts <= 1) { // A product divides itself.
        task.run(f, lanes(f, 0, 1)[i], from, to);
      } else {
        int at = i;
        Team.run(parts, part -> task.run(f, lanes(f, part, parts)[at], from, to));
      }
    }
  }

  private int parts(int rows, int steps) {
    return work * steps < ALONE ? 1 : Math.clamp(rows / LEAST_ROWS, 1, Team.size());
  }

  private void steps(Frame<A> f, int part, int parts, int from, int to, boolean ascending) {
    Lane<A>[] lanes = lanes(f, part, parts);
    for (int i = from; i < to; i++) {
      int t = ascending ? i : to - 1 - (i - from);
      for (int k = 0; k < tasks.length; k++) {
        tasks[k].run(f, lanes[k], t);
      }
    }
  }

  /** Returns the rows of a part in each task, with buffers that the frame keeps. */
  @SuppressWarnings("unchecked")
  private Lane<A>[] lanes(Frame<A> f, int part, int parts) {
    int slot = parts == 1 ? 0 : part + 1;
    Lane<A>[] lanes = f.lanes(number, slot);
    if (lanes == null || (lanes.length > 0 && lanes[0].parts != parts)) {
      lanes = (Lane<A>[]) new Lane<?>[tasks.length];
      for (int i = 0; i < lanes.length; i++) {
        lanes[i] = f.lane(part, parts, Math.max(1, tasks[i].rows()));
      }
      f.setLanes(number, slot, lanes);
    }
    return lanes;
  }
}
