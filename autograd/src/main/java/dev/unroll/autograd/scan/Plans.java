package dev.unroll.autograd.scan;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Snapshot;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Ineligible;
import dev.unroll.autograd.graph.Internals;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.autograd.plan.Plan;
import dev.unroll.autograd.plan.ScanInput;
import dev.unroll.autograd.plan.Setting;
import dev.unroll.autograd.plan.StepFunction;
import dev.unroll.autograd.plan.TracedStep;
import dev.unroll.tensor.Buffers;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a scan as planned. The step is traced at every call, which finds its plan or makes one. A
 * step that cannot be traced runs step by step, and the log says once why.
 */
final class Plans implements PlannedScan.Planner {
  private static final Logger LOG = LoggerFactory.getLogger(Scan.class);

  /** The plans of the scan in whose steps a thread is, if any: inner scans may be new each time. */
  private static final ScopedValue<Plans> OUTERMOST = ScopedValue.newInstance();

  private final PlanCache cache = new PlanCache();
  private final Set<String> told = Collections.synchronizedSet(new HashSet<>());
  private volatile StructurePlans.Outcome last = new StructurePlans.Refused("");

  /** Returns the last plan in words, or why there is none. */
  String explanation() {
    return switch (last) {
      case StructurePlans.Planned p -> p.plan().explanation();
      case StructurePlans.Refused(String reason) ->
          reason.isEmpty() ? "not run yet" : "step by step: " + reason;
    };
  }

  /** Returns what a pass of the planner has left, or why there is no plan. */
  String explanation(String pass) {
    return last instanceof StructurePlans.Planned p ? p.plan().explanation(pass) : explanation();
  }

  /** Runs a scan as planned, or returns nothing if it has to run step by step. */
  Optional<Scan.Result> run(ScanRun scan, List<Variable> initial, boolean saves) {
    try {
      PlannedScan planned =
          new PlannedScan(
              this,
              Scan.traced(scan.body()),
              scan.sources(),
              initial,
              scan.times(),
              saves,
              () -> {
                Scan.Result r = scan.recorded(initial);
                return new StepFunction.Results(r.outputs(), r.carried());
              });
      return planned.run().map(r -> new Scan.Result(r.outputs(), r.next()));
    } catch (UntraceableException e) {
      String reason = TracedStep.isTracing() ? Ineligible.NESTED.clause() : e.reason();
      eagerly(new StructurePlans.Refused(reason));
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

  private void eagerly(StructurePlans.Refused refused) {
    last = refused;
    if (outermost().told.add(refused.reason())) {
      LOG.info("this scan runs step by step and is not planned: {}", refused.reason());
    }
  }

  @Override
  public StructurePlans plans(TracedStep traced) {
    return cache.of(traced);
  }

  @Override
  public Optional<Plan> plan(StructurePlans.Outcome outcome) {
    return switch (outcome) {
      case StructurePlans.Refused refused -> {
        eagerly(refused);
        yield Optional.empty();
      }
      case StructurePlans.Planned p -> {
        last = p;
        yield Optional.of(p.plan());
      }
    };
  }

  /**
   * Opens a session on a plan of its step. It outlives the scope of buffers that is open, and all
   * that it reads of parameters is of one snapshot: the step is traced once to see what it reads.
   */
  Session open(Scan.Body body, ScanInput input, List<Variable> initial) {
    StructurePlans.Tracer tracer =
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

  private Session opened(StructurePlans.Tracer tracer, ScanInput input, List<Variable> initial) {
    TracedStep traced = tracer.trace(false);
    Setting setting = PlannedScan.setting(traced, Integer.MAX_VALUE, initial);
    return switch (cache.of(traced).get(traced, tracer, Optional.empty(), setting)) {
      case StructurePlans.Refused(String reason) -> throw new UntraceableException(reason);
      case StructurePlans.Planned(Plan plan, int replays) ->
          Session.open(
              plan.lowered(), input.sequence(), PlannedScan.arguments(plan, traced, initial));
    };
  }
}
