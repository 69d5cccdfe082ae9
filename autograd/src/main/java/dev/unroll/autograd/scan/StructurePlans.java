package dev.unroll.autograd.scan;

import dev.unroll.autograd.graph.Ineligible;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.autograd.plan.Plan;
import dev.unroll.autograd.plan.Reach;
import dev.unroll.autograd.plan.Setting;
import dev.unroll.autograd.plan.TracedStep;
import dev.unroll.tensor.Buffers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plans of the traces of one structure, by the results that losses read and the setting.
 *
 * <p>A plan takes one trace for all steps, so the step is traced again: as many times as there are
 * steps, up to a limit, and once at each later call. If it shows other operations or other
 * constants then, it is not planned, now or later.
 */
final class StructurePlans {
  private static final Logger LOG = LoggerFactory.getLogger(StructurePlans.class);

  /** Steps that are traced again, at most, to see whether the step is the same each time. */
  private static final int MOST_REPLAYS = 32;

  /** Whether a structure can be planned. */
  sealed interface Outcome {}

  /**
   * It can.
   *
   * @param replays how often the step was traced again and found the same
   */
  record Planned(Plan plan, int replays) implements Outcome {}

  /**
   * It cannot.
   *
   * @param reason a clause about the step
   */
  record Refused(String reason) implements Outcome {}

  /** Traces the step once more. */
  @FunctionalInterface
  interface Tracer {
    /** Returns a trace, with or without the lines of the program. */
    TracedStep trace(boolean lines);
  }

  private final Map<Object, Outcome> outcomes = PlanCache.latest();
  private @Nullable ReadResults results;

  /**
   * Returns which results of the step losses read.
   *
   * @param traced a trace of this structure
   */
  synchronized ReadResults results(TracedStep traced) {
    ReadResults known = results;
    if (known == null) {
      known = new ReadResults(traced);
      results = known;
    }
    return known;
  }

  /**
   * Returns the plan of a step, made now or before.
   *
   * @param traced a trace of this structure
   */
  Outcome get(TracedStep traced, Tracer tracer, Optional<Reach> reach, Setting setting) {
    Object key = List.of(reach, setting.gradients(), traced.projections(setting.steps()));
    Outcome have = outcomes.get(key);
    Outcome now =
        switch (have) {
          case Refused r -> r;
          case Planned p -> again(p, traced, tracer, setting.steps());
          case null -> plan(traced, tracer, reach, setting);
        };
    if (!now.equals(have)) {
      outcomes.put(key, now);
    }
    return now;
  }

  private static Outcome again(Planned have, TracedStep traced, Tracer tracer, int steps) {
    int wanted = Math.min(steps - 1, MOST_REPLAYS);
    int times = Math.max(wanted - have.replays, Math.min(wanted, 1));
    for (int i = 0; i < times; i++) {
      if (!tracer.trace(false).isLike(traced)) {
        return changing();
      }
    }
    return new Planned(have.plan, Math.max(have.replays, wanted));
  }

  private static Refused changing() {
    return new Refused(Ineligible.IMPURE.clause());
  }

  private static Outcome plan(
      TracedStep traced, Tracer tracer, Optional<Reach> reach, Setting setting) {
    int wanted = Math.min(setting.steps() - 1, MOST_REPLAYS);
    TracedStep shown = traced;
    for (int i = 0; i < wanted; i++) {
      TracedStep again = tracer.trace(i == 0);
      if (!again.isLike(traced)) {
        return changing();
      }
      shown = i == 0 ? again : shown;
    }
    return plan(shown, reach, setting, wanted);
  }

  private static Outcome plan(
      TracedStep step, Optional<Reach> reach, Setting setting, int replays) {
    try {
      return new Planned(Buffers.outside(() -> Plan.of(step, reach, setting)), replays);
    } catch (UntraceableException e) {
      return new Refused(e.reason());
    } catch (RuntimeException e) {
      // Wrong in the planner and not in the step, which runs without it. Tests must not miss it.
      assert false : e;
      LOG.warn("a step could not be planned", e);
      return new Refused("the planner failed: " + e.getMessage());
    }
  }
}
