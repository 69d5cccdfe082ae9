package dev.unroll.autograd.plan;

import java.util.Set;
import java.util.stream.Collectors;

/** What gradients reach, for tests. */
final class Reaches {
  private Reaches() {}

  /** Returns what gradients reach that arrive at all results of a run of some steps. */
  static Reach all(StepGraph step) {
    return Dependence.of(step)
        .reach(
            new Seeds(
                step.results(Result.Output.class).stream()
                    .map(Result.Output::index)
                    .collect(Collectors.toSet()),
                step.results(Result.Next.class).stream()
                    .map(Result.Next::index)
                    .collect(Collectors.toSet())),
            5);
  }

  /** Returns the inputs that a gradient with respect to an output of a run reaches. */
  static Set<Role> ofOutput(Dependence step, int output, int steps) {
    return step.reach(new Seeds(Set.of(output), Set.of()), steps).roles();
  }

  /** Returns the inputs that a gradient with respect to a state after a run reaches. */
  static Set<Role> ofState(Dependence step, int state, int steps) {
    return step.reach(new Seeds(Set.of(), Set.of(state)), steps).roles();
  }
}
