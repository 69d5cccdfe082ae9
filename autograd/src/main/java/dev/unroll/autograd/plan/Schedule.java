package dev.unroll.autograd.plan;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.op.Movement.Expand;
import dev.unroll.autograd.op.Movement.Permute;
import dev.unroll.autograd.op.Movement.Reshape;
import dev.unroll.autograd.op.Movement.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * In what order a step is computed: stage by stage, and in each stage group by group. A group is
 * one operation, or pointwise operations of one shape that become one program.
 */
public final class Schedule {
  /** What is computed together. */
  record Group(int stage, List<Variable> variables) {
    boolean isPointwise() {
      return Trace.op(variables.getFirst()) instanceof Pointwise;
    }
  }

  private final List<Group> groups = new ArrayList<>();
  private final Map<Variable, List<Variable>> readers = new HashMap<>();
  private final Set<Variable> results;
  private final Stages stages;

  /**
   * Orders a step.
   *
   * @param variables of the trace, in order
   * @param given stages of what is there already
   * @param in what the step before handed on
   * @param out what is handed on, by position
   * @param wanted what must be computed
   */
  Schedule(
      List<Variable> variables,
      Map<Variable, Integer> given,
      List<Variable> in,
      List<Variable> out,
      Collection<Variable> wanted) {
    results = new HashSet<>(wanted);
    results.addAll(out);
    List<Variable> order = order(variables, given, in);
    stages = new Stages(order, given, in, out, results);
    for (Variable v : order) {
      Trace.in(v).forEach(u -> readers.computeIfAbsent(u, k -> new ArrayList<>()).add(v));
    }
    sink(order);
    Set<Variable> done = new HashSet<>(given.keySet());
    done.addAll(in);
    TreeMap<Integer, List<Variable>> byStage = new TreeMap<>();
    order.forEach(v -> byStage.computeIfAbsent(stages.of(v), k -> new ArrayList<>()).add(v));
    byStage.forEach((stage, todo) -> group(stage, todo, done));
  }

  private List<Variable> order(
      List<Variable> variables, Map<Variable, Integer> given, List<Variable> in) {
    Set<Variable> there = new HashSet<>(given.keySet());
    there.addAll(in);
    Set<Variable> wanted = new HashSet<>(results);
    List<Variable> order = new ArrayList<>();
    for (Variable v : variables.reversed()) {
      if (wanted.contains(v) && !there.contains(v)) {
        order.add(v);
        wanted.addAll(Trace.in(v));
      }
    }
    return order.reversed();
  }

  /** Moves pointwise work to the one stage that reads it, so that no whole sequence is written. */
  private void sink(List<Variable> order) {
    for (Variable v : order.reversed()) {
      TreeSet<Integer> by = new TreeSet<>();
      readers(v).forEach(r -> by.add(stages.of(r)));
      boolean cheap = Trace.op(v) instanceof Pointwise || isView(v);
      int now = stages.of(v);
      if (cheap && now >= 0 && by.size() == 1 && by.first() > now && !results.contains(v)) {
        stages.move(v, by.first());
      }
    }
  }

  /** Takes turns: all operations that are ready, then the pointwise ones that then are. */
  private void group(int stage, List<Variable> todo, Set<Variable> done) {
    while (!todo.isEmpty()) {
      int before = todo.size();
      for (Iterator<Variable> it = todo.iterator(); it.hasNext(); ) {
        Variable v = it.next();
        if (!(Trace.op(v) instanceof Pointwise) && done.containsAll(Trace.in(v))) {
          groups.add(new Group(stage, List.of(v)));
          done.add(v);
          it.remove();
        }
      }
      if (todo.size() < before) {
        continue;
      }
      List<Variable> together = new ArrayList<>();
      for (Iterator<Variable> it = todo.iterator(); it.hasNext(); ) {
        Variable v = it.next();
        boolean fits = together.isEmpty() || together.getFirst().shape().equals(v.shape());
        if (Trace.op(v) instanceof Pointwise && fits && done.containsAll(Trace.in(v))) {
          together.add(v);
          done.add(v);
          it.remove();
        }
      }
      if (together.isEmpty()) {
        throw new IllegalStateException("[plan] no progress in stage " + stage + ": " + todo);
      }
      groups.add(new Group(stage, together));
    }
  }

  /** Returns whether an operation only shows its input in another way. */
  static boolean isView(Variable v) {
    return switch (Trace.op(v)) {
      case Slice s -> true;
      case Expand e -> true;
      case Permute p -> true;
      case Reshape r -> true;
      case null, default -> false;
    };
  }

  List<Group> groups() {
    return groups;
  }

  /** Returns what reads a variable in this schedule. */
  List<Variable> readers(Variable v) {
    return readers.getOrDefault(v, List.of());
  }

  /** Returns whether a variable is handed on, handed out or kept. */
  boolean isResult(Variable v) {
    return results.contains(v);
  }

  int stage(Variable v) {
    return stages.of(v);
  }
}
