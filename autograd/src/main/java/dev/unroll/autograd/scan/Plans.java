package dev.unroll.autograd.scan;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Snapshot;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Internals;
import dev.unroll.autograd.graph.Node;
import dev.unroll.autograd.graph.ReplayNode;
import dev.unroll.autograd.graph.Scope;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.autograd.plan.Explanation;
import dev.unroll.autograd.plan.Plan;
import dev.unroll.autograd.plan.ScanInput;
import dev.unroll.autograd.plan.TracedStep;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.loop.LoopRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plans of a scan. The step is traced at every call and planned once per structure, so that
 * another mode or other sizes lead to another plan. A step that cannot be planned is run eagerly,
 * and the reason is logged once.
 */
final class Plans {
  private static final Logger LOG = LoggerFactory.getLogger(Scan.class);
  private static final int MOST = 64;

  /** The maximum number of traces that check whether the body is the same at each step. */
  private static final int MOST_REPLAYS = 32;

  /**
   * A plan, or the reason why there is none.
   *
   * @param replays the number of traces that were equal
   */
  private record Outcome(Optional<Plan> plan, String reason, int replays) {
    static Outcome none(String reason) {
      return new Outcome(Optional.empty(), reason, MOST_REPLAYS);
    }
  }

  private final Map<Object, Outcome> outcomes =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Outcome> eldest) {
              return size() > MOST;
            }
          });

  private final Set<String> told = Collections.synchronizedSet(new HashSet<>());
  private volatile String explanation = "not run yet";

  String explanation() {
    return explanation;
  }

  /** Runs a scan by a plan; empty if it must run eagerly. */
  Optional<Scan.Result> run(ScanRun scan, List<Variable> initial, boolean keeps) {
    try {
      return planned(scan, initial, keeps);
    } catch (UntraceableException e) {
      eagerly(e.reason());
      return Optional.empty();
    } catch (OutOfMemoryError e) {
      throw keeps ? scan.remedy(e) : e;
    }
  }

  private void eagerly(String reason) {
    explanation = "step by step: " + reason;
    if (told.add(reason)) {
      LOG.info("this scan runs step by step and is not planned: {}", reason);
    }
  }

  private Optional<Scan.Result> planned(ScanRun scan, List<Variable> initial, boolean keeps) {
    boolean records = Scope.current().records();
    List<ScanInput> sources = scan.sources();
    TracedStep traced = TracedStep.of(Scan.traced(scan.body()), sources, initial, records);
    LoopInvariants constant = new LoopInvariants(traced.constant(), initial);
    if (constant.isPart()) {
      ScanRun rest = scan.with(constant.around(scan.body()));
      return planned(rest, constant.changing(initial), keeps)
          .map(r -> new Scan.Result(r.outputs(), constant.all(r.carried())));
    }
    boolean gradient = records && needsGradient(traced, sources, initial);
    if (records && !gradient) {
      return Variable.withoutGradient(() -> planned(scan, initial, keeps));
    }
    int steps = scan.steps();
    Outcome outcome =
        outcome(
            traced,
            () -> TracedStep.of(Scan.traced(scan.body()), sources, initial, records),
            gradient,
            steps);
    if (outcome.plan.isEmpty()) {
      eagerly(outcome.reason);
      return Optional.empty();
    }
    explanation = outcome.reason;
    return Optional.of(run(outcome.plan.get(), traced, scan, sources, initial, gradient, keeps));
  }

  /**
   * Opens a session on a plan of its step. It outlives the open scope of buffers, and reads all
   * parameters from one snapshot: the body is traced once to find the parameters.
   */
  Session open(Scan.Body body, List<ScanInput> sources, List<Variable> initial) {
    return Buffers.outside(() ->
        Variable.withoutGradient(() -> {
          Set<Parameter> read =
              Internals.readBy(() -> {
                TracedStep.of(Scan.traced(body), sources, initial, false)
                    .lifted()
                    .forEach(v -> v.value());
                initial.forEach(v -> v.value());
              });
          return Snapshot.of(read).call(() -> opened(body, sources, initial));
        }));
  }

  private Session opened(Scan.Body body, List<ScanInput> sources, List<Variable> initial) {
    TracedStep traced = TracedStep.of(Scan.traced(body), sources, initial, false);
    LoopInvariants constant = new LoopInvariants(traced.constant(), initial);
    if (constant.isPart()) {
      return opened(constant.around(body), sources, constant.changing(initial));
    }
    Supplier<TracedStep> again = () -> TracedStep.of(Scan.traced(body), sources, initial, false);
    Outcome outcome = outcome(traced, again, false, Integer.MAX_VALUE);
    String reason = outcome.reason;
    Plan plan = outcome.plan.orElseThrow(() -> new UntraceableException(reason));
    return Session.open(plan, invariants(plan, traced), initial);
  }

  private static List<Variable> invariants(Plan plan, TracedStep traced) {
    List<Variable> invariants = new ArrayList<>(traced.lifted());
    for (TracedStep.Derived d : plan.step.derived) {
      Variable[] in = d.of().stream().map(invariants::get).toArray(Variable[]::new);
      invariants.add(Variable.apply(d.op(), in));
    }
    return invariants;
  }

  private static boolean needsGradient(
      TracedStep traced, List<ScanInput> sources, List<Variable> initial) {
    return sources.stream().anyMatch(s -> s.sequence().requiresGradient())
        || initial.stream().anyMatch(Variable::requiresGradient)
        || traced.lifted().stream().anyMatch(Variable::requiresGradient);
  }

  /**
   * Returns the plan of a step, new or cached. A plan is based on one trace for all steps, so the
   * body is traced again: once per step, up to a limit, and once at each later call. If operations
   * or constants then differ, the scan is not planned from then on.
   *
   * @param steps the number of steps to run
   */
  private Outcome outcome(
      TracedStep traced, Supplier<TracedStep> again, boolean gradient, int steps) {
    Object key = List.of(traced.structure(), gradient, traced.projections(steps));
    Outcome have = outcomes.get(key);
    if (have != null && have.plan.isEmpty()) {
      return have;
    }
    int wanted = Math.min(steps - 1, MOST_REPLAYS);
    int replays = have == null ? 0 : have.replays;
    int now = Math.max(wanted - replays, Math.min(wanted, 1));
    Outcome outcome = null;
    for (int i = 0; i < now && outcome == null; i++) {
      if (!again.get().isLike(traced)) {
        outcome = Outcome.none("its constants change from step to step");
      }
    }
    if (outcome == null) {
      outcome =
          have == null
              ? plan(traced, gradient, steps, wanted)
              : new Outcome(have.plan, have.reason, Math.max(replays, wanted));
    }
    if (!outcome.equals(have)) {
      outcomes.put(key, outcome);
    }
    return outcome;
  }

  private static Outcome plan(TracedStep traced, boolean gradient, int steps, int replays) {
    try {
      Plan plan = Buffers.outside(() -> new Plan(traced, gradient, steps));
      return new Outcome(Optional.of(plan), Explanation.of(plan), replays);
    } catch (UntraceableException e) {
      return Outcome.none(e.reason());
    } catch (RuntimeException e) {
      // A defect of the planner, not of the step, which runs without it.
      LOG.warn("a step could not be planned", e);
      return Outcome.none("the planner failed: " + e.getMessage());
    }
  }

  private static Scan.Result run(
      Plan plan,
      TracedStep traced,
      ScanRun scan,
      List<ScanInput> sources,
      List<Variable> initial,
      boolean gradient,
      boolean keeps) {
    List<Variable> invariants = invariants(plan, traced);
    Map<Variable, Tensor> constants = new HashMap<>();
    for (int i = 0; i < invariants.size(); i++) {
      constants.put(plan.step.invariants.get(i), invariants.get(i).value());
    }
    List<Variable> inputs = sources.stream().map(ScanInput::sequence).toList();
    Map<Variable, Tensor> tensors =
        PlannedRun.tensors(plan, inputs, scan.times(), initial, constants);
    LoopRun r = PlannedRun.forward(plan, tensors, scan.steps(), scan.isForward(), keeps);
    List<Variable> in = new ArrayList<>(inputs);
    in.addAll(initial);
    in.addAll(invariants);
    List<Tensor> values = PlannedRun.results(plan, r);
    Node node = null;
    if (gradient) {
      List<Shape> shapes = values.stream().map(Tensor::shape).toList();
      Supplier<List<Variable>> replay =
          () -> {
            Scan.Result again = scan.stacked(scan.kept(initial));
            return Stream.concat(again.outputs().stream(), again.carried().stream()).toList();
          };
      node =
          new ReplayNode(
              "scan",
              shapes,
              replay,
              new PlannedRun(plan, r, tensors),
              in.toArray(Variable[]::new));
    }
    List<Variable> results = new ArrayList<>();
    for (Tensor t : values) {
      results.add(node == null ? Variable.of(t) : Internals.result(t, node, results.size()));
    }
    if (node == null) {
      r.close();
    }
    int n = plan.outputs.size();
    return new Scan.Result(
        List.copyOf(results.subList(0, n)), List.copyOf(results.subList(n, results.size())));
  }

  /** Returns the indices in time of steps, {@code [T]}. */
  static Tensor times(int steps, int offset) {
    int[] t = new int[steps];
    java.util.Arrays.setAll(t, i -> offset + i);
    return Tensor.of(Shape.of(steps), t).to(DType.INT32);
  }
}
