package dev.unroll.autograd.plan;

import dev.unroll.autograd.plan.Expr.Apply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * The pass that orders a partitioned step into tasks. A task is one operation, or pointwise
 * operations of one shape and stage that become one program. It alternates between all other
 * operations that are ready, and the pointwise ones that are ready then.
 */
final class Fuse {
  private final Set<Expr> done;
  private final List<Fused.Task> tasks = new ArrayList<>();

  private Fuse(StepGraph graph) {
    done = new HashSet<>(graph.inputs());
  }

  static Fused of(Partition step) {
    Fuse f = new Fuse(step.graph());
    TreeMap<Stage, List<Apply>> stages = new TreeMap<>();
    step.order().forEach(e -> stages.computeIfAbsent(step.stage(e), k -> new ArrayList<>()).add(e));
    stages.forEach(f::stage);
    return new Fused(step, f.tasks);
  }

  private void stage(Stage stage, List<Apply> todo) {
    while (!todo.isEmpty()) {
      int before = todo.size();
      for (Iterator<Apply> it = todo.iterator(); it.hasNext(); ) {
        Apply e = it.next();
        if (!e.isPointwise() && done.containsAll(e.in())) {
          tasks.add(new Fused.Task(stage, List.of(e)));
          done.add(e);
          it.remove();
        }
      }
      if (todo.size() == before) {
        tasks.add(new Fused.Task(stage, fused(stage, todo)));
      }
    }
  }

  private List<Apply> fused(Stage stage, List<Apply> todo) {
    List<Apply> fused = new ArrayList<>();
    for (Iterator<Apply> it = todo.iterator(); it.hasNext(); ) {
      Apply e = it.next();
      boolean fits = fused.isEmpty() || fused.getFirst().shape().equals(e.shape());
      if (e.isPointwise() && fits && done.containsAll(e.in())) {
        fused.add(e);
        done.add(e);
        it.remove();
      }
    }
    if (fused.isEmpty()) {
      throw new IllegalStateException("[plan] no operation is ready in " + stage + ": " + todo);
    }
    return fused;
  }
}
