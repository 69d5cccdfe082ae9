package dev.unroll.autograd.plan;

import dev.unroll.autograd.plan.Expr.Apply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A step that is partitioned into stages: the pass that decides which values are computed once,
 * over all steps at once, and in a loop. A value is in a loop only if the next step needs it;
 * pointwise work moves to the one stage that reads it, so that no whole sequence is written for it.
 */
final class Partition {
  private final StepGraph graph;
  private final List<Apply> order;
  private final Set<Expr> results;
  private final Map<Apply, Stage> stages = new HashMap<>();
  private final Map<Expr, List<Apply>> readers = new HashMap<>();

  private Partition(StepGraph graph) {
    this.graph = graph;
    order = graph.live();
    results = graph.read();
    for (Apply e : order) {
      e.in().forEach(u -> readers.computeIfAbsent(u, k -> new ArrayList<>()).add(e));
    }
  }

  /** Partitions a step. */
  static Partition of(StepGraph graph) {
    Partition p = new Partition(graph);
    Stages earliest = new Stages(graph, p.results);
    p.order.forEach(e -> p.stages.put(e, earliest.of(e)));
    p.sink();
    assert p.holds() : p;
    return p;
  }

  private void sink() {
    for (Apply e : order.reversed()) {
      TreeSet<Stage> by = new TreeSet<>();
      readers(e).forEach(r -> by.add(stage(r)));
      Stage now = stage(e);
      boolean cheap = e.isPointwise() || e.isView();
      boolean free = cheap && !now.equals(Stage.ONCE) && !isResult(e);
      if (free && by.size() == 1) {
        stages.put(e, by.first());
      }
    }
  }

  /** Returns whether no value of a later stage is read, and all results are computed at steps. */
  private boolean holds() {
    for (Apply e : order) {
      for (Expr u : e.in()) {
        if (u instanceof Apply a && stage(a).compareTo(stage(e)) > 0) {
          throw new IllegalStateException("[plan] " + e + " reads the later " + u + "\n" + this);
        }
      }
      if (isResult(e) && stage(e).equals(Stage.ONCE)) {
        throw new IllegalStateException("[plan] the result " + e + " is of no step\n" + this);
      }
    }
    return true;
  }

  /** Returns the step. */
  StepGraph graph() {
    return graph;
  }

  /** Returns the operations, in order. */
  List<Apply> order() {
    return order;
  }

  /** Returns the stage of an operation. */
  Stage stage(Apply e) {
    Stage s = stages.get(e);
    if (s == null) {
      throw new IllegalStateException("[plan] " + e + " has no stage");
    }
    return s;
  }

  /** Returns the operations that read a value, once for each operand. */
  List<Apply> readers(Expr e) {
    return readers.getOrDefault(e, List.of());
  }

  /** Returns whether a value is a result of the step. */
  boolean isResult(Expr e) {
    return results.contains(e);
  }

  @Override
  public String toString() {
    StringBuilder s = new StringBuilder();
    new TreeSet<>(stages.values())
        .forEach(stage -> {
          List<Apply> in = order.stream().filter(e -> stage(e).equals(stage)).toList();
          if (!in.isEmpty()) {
            s.append(stage).append(":\n");
            in.forEach(e -> s.append("  ").append(StepText.line(e, graph.type())).append('\n'));
          }
        });
    return s.toString();
  }
}
