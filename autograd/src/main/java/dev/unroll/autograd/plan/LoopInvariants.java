package dev.unroll.autograd.plan;

import dev.unroll.autograd.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The loop-invariants of a run: those from outside of the step, and those computed from them. */
public final class LoopInvariants {
  private LoopInvariants() {}

  /**
   * Returns the loop-invariants, in order. Derived ones are computed here, and recorded like all
   * operations outside of a step.
   *
   * @param lifted the concrete variables that the step reads
   * @param initial the state before the first step
   */
  public static Map<Role, Variable> of(
      List<Role> roles, List<Variable> lifted, List<Variable> initial) {
    Map<Role, Variable> all = new LinkedHashMap<>();
    for (Role role : roles) {
      switch (role) {
        case Role.Invariant(int i) -> all.put(role, lifted.get(i));
        case Role.Unchanged(int i) -> all.put(role, initial.get(i));
        case Role.Derived d -> all.put(role, derived(d, all));
        default -> throw new IllegalStateException("[plan] not a loop-invariant: " + role);
      }
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
