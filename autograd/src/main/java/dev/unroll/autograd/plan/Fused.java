package dev.unroll.autograd.plan;

import dev.unroll.autograd.plan.Expr.Apply;
import java.util.List;

/**
 * A partitioned step in the order of its tasks.
 *
 * @param tasks stage by stage
 */
record Fused(Partition step, List<Task> tasks) {
  Fused {
    tasks = List.copyOf(tasks);
  }

  /**
   * Operations that are computed together.
   *
   * @param of at least one; several are pointwise and of one shape
   */
  record Task(Stage stage, List<Apply> of) {
    Apply first() {
      return of.getFirst();
    }

    boolean isPointwise() {
      return first().isPointwise();
    }

    @Override
    public String toString() {
      String what =
          of.size() == 1
              ? first() + " = " + StepText.operation(first())
              : "fused " + String.join(" ", of.stream().map(Apply::toString).toList());
      return stage + ": " + what + " : " + first().shape();
    }
  }

  /** Returns one line per task; views are not tasks. */
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder();
    tasks.stream().filter(t -> !t.first().isView()).forEach(t -> s.append(t).append('\n'));
    return s.toString();
  }
}
