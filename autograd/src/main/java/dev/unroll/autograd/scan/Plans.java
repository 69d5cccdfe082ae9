package dev.unroll.autograd.scan;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Snapshot;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Ineligible;
import dev.unroll.autograd.graph.Internals;
import dev.unroll.autograd.graph.Node;
import dev.unroll.autograd.graph.ReplayNode;
import dev.unroll.autograd.graph.Scope;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.autograd.plan.LoopInvariants;
import dev.unroll.autograd.plan.Lowered;
import dev.unroll.autograd.plan.Plan;
import dev.unroll.autograd.plan.Role;
import dev.unroll.autograd.plan.ScanInput;
import dev.unroll.autograd.plan.Setting;
import dev.unroll.autograd.plan.StepFunction;
import dev.unroll.autograd.plan.TracedStep;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a scan as planned. The step is traced at every call, which finds its plan or makes one. A
 * step that cannot be traced runs step by step, and the log says once why.
 */
final class Plans {
  private static final Logger LOG = LoggerFactory.getLogger(Scan.class);

  /** The plans of the scan in whose steps a thread is, if any: inner scans may be new each time. */
  private static final ScopedValue<Plans> OUTERMOST = ScopedValue.newInstance();

  private final PlanCache cache = new PlanCache();
  private final Set<String> told = Collections.synchronizedSet(new HashSet<>());
  private volatile PlanCache.Outcome last = new PlanCache.Refused("");

  /** Returns the last plan in words, or why there is none. */
  String explanation() {
    return switch (last) {
      case PlanCache.Planned p -> p.plan().explanation();
      case PlanCache.Refused(String reason) ->
          reason.isEmpty() ? "not run yet" : "step by step: " + reason;
    };
  }

  /** Returns what a pass of the planner has left, or why there is no plan. */
  String explanation(String pass) {
    Plan.checkPass(pass);
    return last instanceof PlanCache.Planned p ? p.plan().explanation(pass) : explanation();
  }

  /** Runs a scan as planned, or returns nothing if it has to run step by step. */
  Optional<Scan.Result> run(ScanRun scan, List<Variable> initial, boolean saves) {
    try {
      return planned(scan, initial, saves);
    } catch (UntraceableException e) {
      String reason = TracedStep.isTracing() ? Ineligible.NESTED.clause() : e.reason();
      eagerly(new PlanCache.Refused(reason));
      return Optional.empty();
    } catch (OutOfMemoryError e) {
      throw saves ? scan.remedy(e) : e;
    }
  }

  /** Runs a scan: what runs in its steps logs no reason twice. */
  <T> T call(Supplier<T> work) {
    return ScopedValue.where(OUTERMOST, outermost()).call(work::get);
  }

  private Plans outermost() {
    return OUTERMOST.orElse(this);
  }

  private void eagerly(PlanCache.Refused refused) {
    last = refused;
    if (outermost().told.add(refused.reason())) {
      LOG.info("this scan runs step by step and is not planned: {}", refused.reason());
    }
  }

  private Optional<Scan.Result> planned(ScanRun scan, List<Variable> initial, boolean saves) {
    boolean records = Scope.current().records();
    List<ScanInput> inputs = scan.sources();
    StepFunction step = Scan.traced(scan.body());
    PlanCache.Tracer tracer = lines -> TracedStep.of(step, inputs, initial, records, lines);
    TracedStep traced = tracer.trace(false);
    boolean gradient = records && needsGradient(traced, inputs, initial);
    if (records && !gradient) {
      return Variable.withoutGradient(() -> planned(scan, initial, saves));
    }
    if (gradient && gathersParameter(traced, initial)) {
      throw Ineligible.TABLE_STATE.because();
    }
    Setting setting = setting(traced, scan.steps(), initial);
    PlanCache.Outcome outcome = cache.get(traced, tracer, gradient, setting);
    return switch (outcome) {
      case PlanCache.Refused refused -> {
        eagerly(refused);
        yield Optional.empty();
      }
      case PlanCache.Planned p -> {
        last = p;
        Map<Role, Variable> arguments = new LinkedHashMap<>();
        for (ScanInput input : inputs) {
          arguments.put(new Role.Sequence(arguments.size()), input.sequence());
        }
        arguments.put(new Role.Time(), Variable.of(scan.times()));
        state(p.plan(), initial, arguments);
        arguments.putAll(invariants(p.plan(), traced, initial));
        yield Optional.of(run(p.plan(), arguments, scan, initial, gradient, saves));
      }
    };
  }

  private static boolean needsGradient(
      TracedStep traced, List<ScanInput> inputs, List<Variable> initial) {
    Set<Integer> unchanged = traced.unchanged();
    for (int i = 0; i < initial.size(); i++) {
      boolean used = !unchanged.contains(i) || traced.reads(i);
      if (used && initial.get(i).requiresGradient()) {
        return true;
      }
    }
    return inputs.stream().anyMatch(s -> s.sequence().requiresGradient())
        || traced.lifted().stream().anyMatch(Variable::requiresGradient);
  }

  private static boolean gathersParameter(TracedStep traced, List<Variable> initial) {
    return IntStream.range(0, initial.size())
        .anyMatch(i ->
            initial.get(i) instanceof Parameter
                && !traced.unchanged().contains(i)
                && traced.gathers(i));
  }

  private static Setting setting(TracedStep traced, int steps, List<Variable> initial) {
    return new Setting(
        steps,
        traced.unchanged().stream()
            .filter(i -> initial.get(i).requiresGradient())
            .collect(Collectors.toSet()));
  }

  private static void state(Plan plan, List<Variable> initial, Map<Role, Variable> arguments) {
    for (int i : plan.lowered().forward().state().keySet()) {
      arguments.put(new Role.Carried(i), initial.get(i));
    }
  }

  private static Map<Role, Variable> invariants(
      Plan plan, TracedStep traced, List<Variable> initial) {
    return LoopInvariants.of(plan.lowered().invariants(), traced.lifted(), initial);
  }

  private static Scan.Result run(
      Plan plan,
      Map<Role, Variable> arguments,
      ScanRun scan,
      List<Variable> initial,
      boolean gradient,
      boolean saves) {
    PlannedRun run = PlannedRun.forward(plan, arguments, scan.steps(), scan.isForward(), saves);
    List<Tensor> values = run.results();
    List<Variable> results = new ArrayList<>();
    if (gradient) {
      List<Shape> shapes = values.stream().map(Tensor::shape).toList();
      Node node =
          new ReplayNode(
              "scan", shapes, () -> again(plan.lowered(), scan, initial), run, run.inputs());
      for (Tensor t : values) {
        int i = results.size();
        results.add(run.requiresGradient(i) ? Internals.result(t, node, i) : Variable.of(t));
      }
    } else {
      values.forEach(t -> results.add(Variable.of(t)));
    }
    if (results.stream().noneMatch(Variable::requiresGradient)) {
      run.release();
    }
    Lowered.Sweep forward = plan.lowered().forward();
    int n = forward.outputs().size();
    List<Variable> carried = new ArrayList<>(initial);
    int at = n;
    for (int i : forward.state().keySet()) {
      carried.set(i, results.get(at++));
    }
    return new Scan.Result(List.copyOf(results.subList(0, n)), List.copyOf(carried));
  }

  /** Returns the results of a run again, recorded step by step. */
  private static List<Variable> again(Lowered plan, ScanRun scan, List<Variable> initial) {
    Scan.Result r = scan.stacked(scan.kept(initial));
    return Stream.concat(
            r.outputs().stream(),
            plan.forward().state().keySet().stream().map(i -> r.carried().get(i)))
        .toList();
  }

  /**
   * Opens a session on a plan of its step. It outlives the scope of buffers that is open, and all
   * that it reads of parameters is of one snapshot: the step is traced once to see what it reads.
   */
  Session open(Scan.Body body, ScanInput input, List<Variable> initial) {
    PlanCache.Tracer tracer =
        lines -> TracedStep.of(Scan.traced(body), List.of(input), initial, false, lines);
    return Buffers.outside(() ->
        Variable.withoutGradient(() -> {
          Set<Parameter> read =
              Internals.readBy(() -> {
                tracer.trace(false).lifted().forEach(Variable::value);
                initial.forEach(Variable::value);
              });
          return Snapshot.of(read).call(() -> opened(tracer, input, initial));
        }));
  }

  private Session opened(PlanCache.Tracer tracer, ScanInput input, List<Variable> initial) {
    TracedStep traced = tracer.trace(false);
    Setting setting = setting(traced, Integer.MAX_VALUE, initial);
    return switch (cache.get(traced, tracer, false, setting)) {
      case PlanCache.Refused(String reason) -> throw new UntraceableException(reason);
      case PlanCache.Planned(Plan plan, int replays) -> {
        Map<Role, Variable> arguments = new LinkedHashMap<>();
        state(plan, initial, arguments);
        arguments.putAll(invariants(plan, traced, initial));
        yield Session.open(plan.lowered(), input.sequence(), arguments);
      }
    };
  }

  /** Returns the indices in time of steps, {@code [T]}. */
  static Tensor times(int steps, int offset) {
    int[] t = new int[steps];
    Arrays.setAll(t, i -> offset + i);
    return Tensor.of(Shape.of(steps), t).to(DType.INT32);
  }
}
