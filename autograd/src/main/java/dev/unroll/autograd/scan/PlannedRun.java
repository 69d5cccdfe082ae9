package dev.unroll.autograd.scan;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.plan.Lowered;
import dev.unroll.autograd.plan.Role;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.loop.LoopRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run of a plan. */
final class PlannedRun {
  private final Lowered plan;
  private final Map<Role, Variable> arguments;
  private final List<Role> inputs;
  private @Nullable LoopRun run;

  private PlannedRun(Lowered plan, Map<Role, Variable> arguments, LoopRun run) {
    this.plan = plan;
    this.arguments = arguments;
    this.run = run;
    inputs = arguments.keySet().stream().filter(r -> !(r instanceof Role.Time)).toList();
  }

  /**
   * Runs the forward pass.
   *
   * @param arguments the variable of each role, except for literals and gradients
   * @param saves whether what the backward pass needs is saved; else it is computed again
   */
  static PlannedRun forward(
      Lowered plan, Map<Role, Variable> arguments, Times times, boolean saves) {
    LoopRun run = LoopRun.of(plan.loop(), times.steps(), times.isAscending(), saves);
    PlannedRun planned = new PlannedRun(plan, arguments, run);
    plan.inputs().bind(run, 0, planned::argument);
    run.forward();
    return planned;
  }

  /** Returns the roles of the variables that the results depend on. */
  List<Role> inputs() {
    return inputs;
  }

  /** Returns the variable of a role. */
  @Nullable Variable variable(Role role) {
    return arguments.get(role);
  }

  /** Returns the outputs of all steps, then the state after the last one. */
  List<Tensor> results() {
    LoopRun r = open();
    List<Tensor> all = new ArrayList<>();
    plan.forward().outputs().values().forEach(v -> all.add(r.output(v)));
    plan.forward().state().values().forEach(v -> all.add(r.last(v)));
    return all;
  }

  /** Returns the run, unless it has been released. */
  LoopRun open() {
    LoopRun r = run;
    if (r == null) {
      throw new IllegalStateException("[gradients] this scan was released");
    }
    return r;
  }

  /** Returns the value of a role, or null for gradients. */
  @Nullable Tensor argument(Role role) {
    if (role instanceof Role.Literal literal) {
      return literal.value();
    }
    Variable v = arguments.get(role);
    return v == null ? null : v.value();
  }

  /** Gives up what was saved for the backward pass. */
  void release() {
    LoopRun r = run;
    if (r != null) {
      r.close();
    }
    run = null;
  }
}
