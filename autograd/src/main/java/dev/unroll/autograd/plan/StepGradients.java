package dev.unroll.autograd.plan;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.BackwardPass;
import dev.unroll.autograd.op.Elementwise.Add;
import dev.unroll.autograd.plan.Trace.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The backward pass of one step, as part of the trace of that step: the walk over recorded graphs
 * applies the gradients of the operations to variables of the trace.
 */
public final class StepGradients {
  /** The gradient by each output that enters the backward pass; null if there cannot be any. */
  final List<@Nullable Variable> outputSeeds = new ArrayList<>();

  /**
   * The gradient by each variable of the state after the step; null if there cannot be any and the
   * gradient by the same variable before the step is not needed either. Where it is needed, there
   * is a seed even if the step detaches that variable and never reads the seed.
   */
  final List<@Nullable Variable> nextSeeds = new ArrayList<>();

  /** The gradient by each input of the step; null if it is zero. */
  final List<@Nullable Variable> sequences = new ArrayList<>();

  /** The gradient by each variable of the state before the step; null if it is zero. */
  final List<@Nullable Variable> carried = new ArrayList<>();

  /** For each invariant, terms whose sum over all steps is its gradient. */
  final List<List<Variable>> invariants = new ArrayList<>();

  private final List<BackwardPass.Seed> seeds = new ArrayList<>();
  private int number;

  StepGradients(TracedStep step) {
    step.outputs.forEach(v -> outputSeeds.add(seed(step, v)));
    step.next.forEach(v -> nextSeeds.add(seed(step, v)));
    Set<Variable> wanted = new HashSet<>(step.sequences);
    wanted.addAll(step.carried);
    wanted.addAll(step.invariants);
    wanted.removeIf(v -> !v.requiresGradient());
    Map<Variable, Variable> found =
        Variable.withoutGradient(() -> BackwardPass.of(seeds, wanted, false));
    step.sequences.forEach(v -> sequences.add(found.get(v)));
    for (int i = 0; i < step.carried.size(); i++) {
      Variable v = step.carried.get(i);
      carried.add(found.get(v));
      if (carried.get(i) != null && nextSeeds.get(i) == null) {
        nextSeeds.set(i, step.trace.input(Kind.GRADIENT, number++, v.shape(), v.type(), false));
      }
    }
    for (Variable v : step.invariants) {
      List<Variable> terms = new ArrayList<>();
      Variable g = found.get(v);
      if (g != null) {
        terms(step.trace.lift(g), terms);
      }
      invariants.add(terms);
    }
  }

  private @Nullable Variable seed(TracedStep step, Variable v) {
    if (!v.requiresGradient()) {
      return null;
    }
    Variable g = step.trace.input(Kind.GRADIENT, number++, v.shape(), v.type(), false);
    seeds.add(new BackwardPass.Seed(v, g));
    return g;
  }

  /** Splits a sum into its terms, which can be added up over the steps one by one. */
  private static void terms(Variable v, List<Variable> into) {
    List<Variable> in = Trace.in(v);
    if (Trace.op(v) instanceof Add && in.get(0).shape().equals(in.get(1).shape())) {
      in.forEach(u -> terms(u, into));
    } else {
      into.add(v);
    }
  }
}
