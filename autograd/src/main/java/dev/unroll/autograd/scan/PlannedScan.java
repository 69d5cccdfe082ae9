package dev.unroll.autograd.scan;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Ineligible;
import dev.unroll.autograd.graph.Internals;
import dev.unroll.autograd.graph.Node;
import dev.unroll.autograd.graph.ReplayNode;
import dev.unroll.autograd.graph.Scope;
import dev.unroll.autograd.plan.LoopInvariants;
import dev.unroll.autograd.plan.Lowered;
import dev.unroll.autograd.plan.Plan;
import dev.unroll.autograd.plan.Reach;
import dev.unroll.autograd.plan.Role;
import dev.unroll.autograd.plan.ScanInput;
import dev.unroll.autograd.plan.Seeds;
import dev.unroll.autograd.plan.Setting;
import dev.unroll.autograd.plan.StepFunction;
import dev.unroll.autograd.plan.StepFunction.Results;
import dev.unroll.autograd.plan.TracedStep;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One run of a scan as planned. */
final class PlannedScan {
  private final Planner planner;
  private final StepFunction step;
  private final List<ScanInput> inputs;
  private final List<Variable> initial;
  private final Times times;
  private final boolean saves;
  private final Supplier<Results> eager;

  /** Finds plans. */
  interface Planner {
    /** Returns the plans of a step. */
    StructurePlans plans(TracedStep traced);

    /** Returns the plan that was found, if there is one. */
    Optional<Plan> plan(StructurePlans.Outcome outcome);
  }

  /**
   * Creates a run.
   *
   * @param saves whether what the backward pass needs is saved; else it is computed again
   * @param eager runs the steps one by one
   */
  PlannedScan(
      Planner planner,
      StepFunction step,
      List<ScanInput> inputs,
      List<Variable> initial,
      Times times,
      boolean saves,
      Supplier<Results> eager) {
    this.planner = planner;
    this.step = step;
    this.inputs = inputs;
    this.initial = initial;
    this.times = times;
    this.saves = saves;
    this.eager = eager;
  }

  /** Runs it, or returns nothing if there is no plan. */
  Optional<Results> run() {
    return run(Optional.empty());
  }

  private StructurePlans.Tracer tracer(boolean records) {
    return lines -> TracedStep.of(step, inputs, initial, records, lines);
  }

  /**
   * Runs it.
   *
   * @param loss the results that a loss reads, if they are known
   */
  private Optional<Results> run(Optional<Seeds> loss) {
    if (!Scope.current().records()) {
      return withoutGradient();
    }
    StructurePlans.Tracer tracer = tracer(true);
    TracedStep traced = tracer.trace(false);
    if (!needsGradient(traced)) {
      return Variable.withoutGradient(this::withoutGradient);
    }
    if (gathersParameter(traced)) {
      throw Ineligible.TABLE_STATE.because();
    }
    StructurePlans plans = planner.plans(traced);
    ReadResults results = plans.results(traced);
    Set<Integer> withGradient =
        results.withGradient(role -> requiresGradient(role, traced), times.steps());
    if (withGradient.isEmpty()) { // The step may compute gradients itself, and is traced with them.
      return withoutGradient(traced, tracer);
    }
    Seeds seeds = loss.orElseGet(() -> results.expected(withGradient));
    Reach reach = results.reach(seeds, times.steps());
    Setting setting = setting(traced, times.steps(), initial);
    return planner
        .plan(plans.get(traced, tracer, Optional.of(reach), setting))
        .map(plan -> withGradient(plan, traced, reach, results, withGradient));
  }

  private Optional<Results> withoutGradient() {
    StructurePlans.Tracer tracer = tracer(false);
    return withoutGradient(tracer.trace(false), tracer);
  }

  private Optional<Results> withoutGradient(TracedStep traced, StructurePlans.Tracer tracer) {
    Setting setting = setting(traced, times.steps(), initial);
    return planner
        .plan(planner.plans(traced).get(traced, tracer, Optional.empty(), setting))
        .map(plan -> {
          PlannedRun run = forward(plan, traced);
          List<Variable> results = run.results().stream().map(Variable::of).toList();
          run.release();
          return result(plan, results);
        });
  }

  private boolean needsGradient(TracedStep traced) {
    return Stream.of(
            inputs.stream().map(ScanInput::sequence), initial.stream(), traced.lifted().stream())
        .flatMap(Function.identity())
        .anyMatch(Variable::requiresGradient);
  }

  private boolean requiresGradient(Role role, TracedStep traced) {
    return switch (role) {
      case Role.Sequence(int i) -> inputs.get(i).sequence().requiresGradient();
      case Role.Carried(int i) -> initial.get(i).requiresGradient();
      case Role.Invariant(int i) -> traced.lifted().get(i).requiresGradient();
      default -> false;
    };
  }

  private boolean gathersParameter(TracedStep traced) {
    return IntStream.range(0, initial.size())
        .anyMatch(i ->
            initial.get(i) instanceof Parameter
                && !traced.unchanged().contains(i)
                && traced.gathers(i));
  }

  /** Returns the conditions that a plan depends on. */
  static Setting setting(TracedStep traced, int steps, List<Variable> initial) {
    return new Setting(
        steps,
        traced.unchanged().stream()
            .filter(i -> initial.get(i).requiresGradient())
            .collect(Collectors.toSet()));
  }

  /** Returns the state that a plan carries and the loop-invariants, by role. */
  static Map<Role, Variable> arguments(Plan plan, TracedStep traced, List<Variable> initial) {
    Map<Role, Variable> arguments = new LinkedHashMap<>();
    for (int i : plan.lowered().forward().state().keySet()) {
      arguments.put(new Role.Carried(i), initial.get(i));
    }
    Lowered l = plan.lowered();
    arguments.putAll(LoopInvariants.of(l.invariants(), l.constants(), traced.lifted(), initial));
    return arguments;
  }

  private PlannedRun forward(Plan plan, TracedStep traced) {
    Map<Role, Variable> arguments = new LinkedHashMap<>();
    for (ScanInput input : inputs) {
      arguments.put(new Role.Sequence(arguments.size()), input.sequence());
    }
    arguments.put(new Role.Time(), Variable.of(times.indices()));
    arguments.putAll(arguments(plan, traced, initial));
    return PlannedRun.forward(plan.lowered(), arguments, times, saves);
  }

  private Results withGradient(
      Plan plan, TracedStep traced, Reach reach, ReadResults results, Set<Integer> withGradient) {
    PlannedRun run = forward(plan, traced);
    List<Tensor> values = run.results();
    List<Shape> shapes = values.stream().map(Tensor::shape).toList();
    Lowered lowered = plan.lowered();
    PlannedBackward backward =
        new PlannedBackward(
            run,
            lowered,
            times,
            reach,
            results,
            seeds -> variables(lowered, run(Optional.of(seeds)).orElseThrow()));
    Variable[] in = run.inputs().stream().map(run::variable).toArray(Variable[]::new);
    Node node = new ReplayNode("scan", shapes, () -> variables(lowered, eager.get()), backward, in);
    List<Variable> all = new ArrayList<>();
    for (Tensor t : values) {
      int i = all.size();
      all.add(withGradient.contains(i) ? Internals.result(t, node, i) : Variable.of(t));
    }
    return result(plan, all);
  }

  private Results result(Plan plan, List<Variable> results) {
    Lowered.Sweep forward = plan.lowered().forward();
    int n = forward.outputs().size();
    List<Variable> carried = new ArrayList<>(initial);
    int at = n;
    for (int i : forward.state().keySet()) {
      carried.set(i, results.get(at++));
    }
    return new Results(results.subList(0, n), List.copyOf(carried));
  }

  /** Returns the variables of a result that a run computes: the outputs, then the state. */
  private static List<Variable> variables(Lowered plan, Results r) {
    Stream<Variable> state = plan.forward().state().keySet().stream().map(r.next()::get);
    return Stream.concat(r.outputs().stream(), state).toList();
  }
}
