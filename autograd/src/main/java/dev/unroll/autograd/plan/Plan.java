package dev.unroll.autograd.plan;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.autograd.op.Elementwise.Identity;
import dev.unroll.autograd.op.Movement.Pad;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.loop.Bindings;
import dev.unroll.tensor.loop.Loop;
import dev.unroll.tensor.loop.LoopValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A step that is planned: what a scan runs in place of the step itself. */
public final class Plan {
  /** Where the gradient by something comes out: one sum over steps, or several. */
  public record Sum(List<LoopValue> totals, Shape shape) {}

  public final TracedStep step;
  public final Loop loop;
  public final List<LoopValue> outputs = new ArrayList<>();
  public final List<LoopValue> carried = new ArrayList<>();
  public final Bindings<Variable> bindings;

  /** Constants that the step itself does not name. */
  public final Map<Variable, Tensor> constants = new HashMap<>();

  public final @Nullable Backward backward;

  /** What is computed on the way forward and read on the way back. */
  public final List<Variable> kept;

  public final List<String> rewrites = new ArrayList<>();
  public final Schedule schedule;

  /**
   * The backward pass: by position, null where there is none.
   *
   * @param carried the gradients that are carried from step to step, by what was carried forward
   */
  public record Backward(
      Schedule schedule,
      List<@Nullable Variable> outputSeeds,
      List<@Nullable Variable> nextSeeds,
      List<@Nullable LoopValue> sequences,
      List<@Nullable LoopValue> carried,
      List<Sum> invariants) {}

  private final Lowering lowering;
  private int copies;

  /**
   * Plans a step.
   *
   * @param gradient whether the backward pass is planned as well
   * @param steps of the run, or of all runs if they are opened step by step: what a projected table
   *     is worth
   */
  public Plan(TracedStep traced, boolean gradient, int steps) {
    step = Rewriting.of(traced, steps, rewrites);
    lowering = new Lowering(step);
    Set<Variable> taken = new HashSet<>();
    List<Variable> next = step.next.stream().map(v -> own(v, taken, true)).toList();
    taken.clear();
    List<Variable> out = step.outputs.stream().map(v -> own(v, taken, false)).toList();
    List<Variable> all = List.copyOf(step.trace.variables());
    Map<Variable, Integer> given = given();
    StepGradients gradients = gradient ? new StepGradients(step) : null;
    Way way = gradients == null ? null : new Way(gradients, all, given);
    Set<Variable> wanted = new LinkedHashSet<>(out);
    if (way != null) {
      wanted.addAll(way.saved);
    }
    schedule = new Schedule(all, given, step.carried, next, wanted);
    lowering.sweep(schedule, step.carried, next, out);
    out.forEach(v -> outputs.add(lowering.value(v)));
    step.carried.forEach(v -> carried.add(lowering.value(v)));
    kept = way == null ? List.of() : List.copyOf(way.saved);
    backward = way == null ? null : way.lower();
    bindings = lowering.bindings();
    loop = lowering.builder.build();
  }

  /** Takes over what rewriting, and the operations' gradients, brought along. */
  private void takeConstants() {
    List<Variable> concrete = step.trace.lifted();
    List<Variable> lifted = step.trace.liftedInputs();
    for (int i = 0; i < lifted.size(); i++) {
      if (!step.invariants.contains(lifted.get(i))) {
        if (concrete.get(i).requiresGradient()) {
          throw new UntraceableException("a gradient brings along " + concrete.get(i));
        }
        constants.put(lifted.get(i), concrete.get(i).value());
      }
    }
  }

  private Map<Variable, Integer> given() {
    Map<Variable, Integer> given = new HashMap<>();
    takeConstants();
    constants.keySet().forEach(v -> given.put(v, Stages.ONCE));
    step.sequences.forEach(v -> given.put(v, 0));
    step.invariants.forEach(v -> given.put(v, Stages.ONCE));
    return given;
  }

  /**
   * Returns something equal that is computed as a whole, and in a place that nobody else claims.
   * Zeros around a part are not computed: they are what a fresh array holds.
   */
  private Variable own(Variable v, Set<Variable> taken, boolean moves) {
    boolean computed =
        step.trace.input(v) == null && !Schedule.isView(v) && !(Trace.op(v) instanceof Pad);
    if (computed && (!moves || lowering.canMove(v)) && taken.add(v)) {
      return v;
    }
    while (true) { // The step may have made the first of such copies itself: see detach.
      Variable copy =
          v.requiresGradient()
              ? Variable.apply(new Identity(copies++), v)
              : Variable.withoutGradient(() -> Variable.apply(new Identity(copies++), v));
      if (taken.add(copy)) {
        return copy;
      }
    }
  }

  /** The way back, as a schedule that is still to be written. */
  private final class Way {
    final StepGradients g;
    final Schedule schedule;
    final List<Variable> in = new ArrayList<>();
    final List<Variable> out = new ArrayList<>();
    final List<@Nullable Variable> sequences = new ArrayList<>();
    final Set<Variable> saved = new LinkedHashSet<>();

    Way(StepGradients g, List<Variable> forward, Map<Variable, Integer> forwardGiven) {
      this.g = g;
      Set<Variable> there = new HashSet<>(forward);
      Set<Variable> taken = new HashSet<>(there);
      for (Variable v : g.sequences) {
        sequences.add(v == null ? null : own(step.trace.lift(v), taken, false));
      }
      taken = new HashSet<>(there);
      for (int i = 0; i < g.nextSeeds.size(); i++) {
        Variable seed = g.nextSeeds.get(i);
        Variable d = g.carried.get(i);
        if (seed != null) {
          Variable zero = Variable.of(Tensor.full(seed.type(), seed.shape(), 0));
          in.add(seed);
          out.add(own(step.trace.lift(d == null ? zero : d), taken, true));
        }
      }
      Set<Variable> wanted = new LinkedHashSet<>(out);
      sequences.stream().filter(v -> v != null).forEach(wanted::add);
      g.invariants.forEach(terms -> terms.forEach(t -> wanted.addAll(lowering.needed(t))));
      List<Variable> all = List.copyOf(step.trace.variables());
      takeConstants();
      Map<Variable, Integer> given = new HashMap<>(forwardGiven);
      constants.keySet().forEach(v -> given.put(v, Stages.ONCE));
      step.carried.forEach(v -> given.put(v, 0));
      for (Variable v : forward) {
        given.putIfAbsent(v, 0); // What is read of it is kept of each step.
      }
      g.outputSeeds.stream().filter(v -> v != null).forEach(v -> given.put(v, 0));
      Set<Variable> read = read(new Schedule(all, given, in, out, wanted), wanted);
      List<Variable> again = new Rematerialization(step, all, read).of(forward);
      given.keySet().removeAll(again);
      again.forEach(there::remove);
      schedule = new Schedule(all, given, in, out, wanted);
      read(schedule, wanted).stream()
          .filter(v -> there.contains(v) && step.trace.input(v) == null)
          .forEach(saved::add);
    }

    private static Set<Variable> read(Schedule schedule, Set<Variable> wanted) {
      Set<Variable> read = new LinkedHashSet<>(wanted);
      for (Schedule.Group group : schedule.groups()) {
        group.variables().forEach(v -> read.addAll(Trace.in(v)));
      }
      return read;
    }

    Backward lower() {
      List<Variable> outputs = new ArrayList<>();
      sequences.stream().filter(v -> v != null).forEach(outputs::add);
      lowering.sweep(schedule, in, out, outputs);
      List<Sum> sums = new ArrayList<>();
      for (int i = 0; i < g.invariants.size(); i++) {
        Shape shape = step.invariants.get(i).shape();
        sums.add(
            new Sum(
                g.invariants.get(i).stream().map(t -> lowering.total(t, shape)).toList(), shape));
      }
      return new Backward(
          schedule, g.outputSeeds, g.nextSeeds, values(sequences), values(g.nextSeeds), sums);
    }

    private List<@Nullable LoopValue> values(List<@Nullable Variable> of) {
      List<@Nullable LoopValue> values = new ArrayList<>();
      of.forEach(v -> values.add(v == null ? null : lowering.value(v)));
      return values;
    }
  }
}
