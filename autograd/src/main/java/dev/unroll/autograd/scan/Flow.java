package dev.unroll.autograd.scan;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.plan.Dependence;
import dev.unroll.autograd.plan.Lowered;
import dev.unroll.autograd.plan.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which arguments of a planned run the gradients with respect to its results reach. */
final class Flow {
  private final Map<Role, Variable> arguments;

  /** The traced roles that each result depends on: the outputs, then the state. */
  private final List<Set<Role>> results;

  Flow(Dependence.Reach reach, Lowered plan, Map<Role, Variable> arguments) {
    this.arguments = arguments;
    results = new ArrayList<>();
    plan.forward().outputs().keySet().forEach(i -> results.add(reach.outputs().get(i)));
    plan.forward().state().keySet().forEach(i -> results.add(reach.state().get(i)));
  }

  /** Returns whether a result depends on an argument that requires a gradient. */
  boolean requiresGradient(int result) {
    Set<Role> reached = results.get(result);
    return arguments.keySet().stream().flatMap(this::sources).anyMatch(reached::contains);
  }

  /**
   * Returns whether the gradient with respect to every argument is either complete or absent. It is
   * not where a plan computes results together that are separate in the step: one of them reaches
   * some of the variables that an argument is derived from, another the others.
   *
   * @param arrived the results that have a gradient
   */
  boolean isWhole(Set<Integer> arrived) {
    Set<Role> reached = reached(arrived);
    for (Role role : arguments.keySet()) {
      boolean reaches = sources(role).anyMatch(reached::contains);
      if (reaches && !sources(role).allMatch(reached::contains)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the arguments that have a gradient. */
  Set<Role> reachedBy(Set<Integer> arrived) {
    Set<Role> reached = reached(arrived);
    Set<Role> all = new HashSet<>(arguments.keySet());
    all.removeIf(role -> sources(role).noneMatch(reached::contains));
    return all;
  }

  private Set<Role> reached(Set<Integer> arrived) {
    Set<Role> reached = new HashSet<>();
    arrived.forEach(i -> reached.addAll(results.get(i)));
    return reached;
  }

  /** Returns the roles in the traced step from which an argument is derived, with a gradient. */
  private Stream<Role> sources(Role role) {
    Variable v = arguments.get(role);
    if (v == null || !v.requiresGradient()) {
      return Stream.empty();
    }
    return switch (role) {
      case Role.Derived d -> d.of().stream().flatMap(this::sources);
      case Role.Unchanged(int i) -> Stream.of(new Role.Carried(i));
      default -> Stream.of(role);
    };
  }
}
