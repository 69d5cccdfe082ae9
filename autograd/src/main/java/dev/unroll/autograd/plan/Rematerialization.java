package dev.unroll.autograd.plan;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.op.Elementwise.Exp;
import dev.unroll.autograd.op.Elementwise.Log;
import dev.unroll.autograd.op.Elementwise.Sigmoid;
import dev.unroll.autograd.op.Elementwise.Softplus;
import dev.unroll.autograd.op.Elementwise.Tanh;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the way back computes again rather than keeps: cheap pointwise work on numbers that are
 * there anyway. Memory is slower than arithmetic: an array that is written on the way forward and
 * read on the way back leaves every cache in between.
 */
public final class Rematerialization {
  private final TracedStep step;
  private final Set<Variable> read;
  private final Set<Variable> shown = new HashSet<>();

  /**
   * Looks for it.
   *
   * @param all variables of the trace
   * @param read what the way back would read
   */
  Rematerialization(TracedStep step, List<Variable> all, Set<Variable> read) {
    this.step = step;
    this.read = read;
    all.stream().filter(Schedule::isView).forEach(v -> shown.addAll(Trace.in(v)));
  }

  /** Returns those of the variables of the way forward that are computed again. */
  List<Variable> of(List<Variable> forward) {
    List<Variable> again = new ArrayList<>();
    for (Variable v : forward) {
      boolean leaves = step.outputs.contains(v) || step.next.contains(v) || shown.contains(v);
      if (read.contains(v)
          && !leaves
          && isCheap(Trace.op(v))
          && Trace.in(v).stream().allMatch(this::isThere)) {
        again.add(v);
      }
    }
    return again;
  }

  private static boolean isCheap(@Nullable Op op) {
    return switch (op) {
      case Exp e -> false;
      case Log l -> false;
      case Tanh t -> false;
      case Sigmoid s -> false;
      case Softplus s -> false;
      case Pointwise p -> true;
      case null, default -> false;
    };
  }

  /** Returns whether the way back has a variable without anything being kept for it. */
  private boolean isThere(Variable v) {
    Trace.Input input = step.trace.input(v);
    if (input != null) {
      return input.kind() != Trace.Kind.CARRIED || read.contains(v);
    }
    return Schedule.isView(v) ? isThere(Trace.in(v).getFirst()) : read.contains(v);
  }
}
