package dev.unroll.autograd;

import dev.unroll.autograd.Trace.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a step, in the same trace as the step itself: found by the walk that serves
 * recorded graphs, by the operations' own gradients.
 */
final class StepGradients {
  /** By each output: null where no gradient can arrive. */
  final List<@Nullable Variable> outputSeeds = new ArrayList<>();

  /**
   * By what is handed on: null where no gradient can arrive, and none by what was carried is
   * sought. A step that cuts the gradient off has a seed that it does not read.
   */
  final List<@Nullable Variable> nextSeeds = new ArrayList<>();

  /** By inputs and by what is carried: null where it is zero. */
  final List<@Nullable Variable> sequences = new ArrayList<>();

  final List<@Nullable Variable> carried = new ArrayList<>();

  /** By each invariant: terms, whose sum over all steps is the gradient. */
  final List<List<Variable>> invariants = new ArrayList<>();

  private final List<Walk.Seed> seeds = new ArrayList<>();
  private int number;

  StepGradients(TracedStep step) {
    step.outputs.forEach(v -> outputSeeds.add(seed(step, v)));
    step.next.forEach(v -> nextSeeds.add(seed(step, v)));
    Set<Variable> wanted = new HashSet<>(step.sequences);
    wanted.addAll(step.carried);
    wanted.addAll(step.invariants);
    wanted.removeIf(v -> !v.requiresGradient());
    Map<Variable, Variable> found = Variable.withoutGradient(() -> Walk.of(seeds, wanted, false));
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
    seeds.add(new Walk.Seed(v, g));
    return g;
  }

  /** Over steps, the sum of p + q is the sum of p and the sum of q. */
  private static void terms(Variable v, List<Variable> into) {
    List<Variable> in = Trace.in(v);
    if (Trace.op(v) instanceof Add && in.get(0).shape().equals(in.get(1).shape())) {
      in.forEach(u -> terms(u, into));
    } else {
      into.add(v);
    }
  }
}
