package dev.unroll.autograd.plan;

import dev.unroll.autograd.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The loop-invariants of a run: those from outside of the step, and those computed from them. */
public final class LoopInvariants {
  private LoopInvariants() {}

  /**
   * Returns the loop-invariants, in order. Derived ones are computed here, and recorded like all
   * operations outside of a step.
   *
   * @param constants those of the variables from outside that no gradient reaches
   * @param lifted the concrete variables that the step reads
   * @param initial the state before the first step
   */
  public static Map<Role, Variable> of(
      List<Role> roles, Set<Role> constants, List<Variable> lifted, List<Variable> initial) {
    Map<Role, Variable> all = new LinkedHashMap<>();
    for (Role role : roles) {
      Variable v =
          switch (role) {
            case Role.Invariant(int i) -> lifted.get(i);
            case Role.Unchanged(int i) -> initial.get(i);
            case Role.Derived d -> derived(d, all);
            default -> throw new IllegalStateException("[plan] not a loop-invariant: " + role);
          };
      all.put(role, constants.contains(role) ? v.detach() : v);
    }
    return all;
  }

  private static Variable derived(Role.Derived d, Map<Role, Variable> all) {
    Variable[] in =
        d.of().stream().map(r -> Objects.requireNonNull(all.get(r))).toArray(Variable[]::new);
    return d.records()
        ? Variable.apply(d.op(), in)
        : Variable.withoutGradient(() -> Variable.apply(d.op(), in));
  }
}
