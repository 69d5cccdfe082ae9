package dev.unroll.autograd.plan;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.autograd.op.Indexing.Gather;
import dev.unroll.autograd.plan.Trace.Kind;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The graph of one step of a scan, and which of its variables are what. */
public final class TracedStep {
  /** A value that is computed once, before the loop, from others that do not change. */
  public record Derived(Op op, List<Integer> of) {}

  public final Trace trace = new Trace();

  /** The inputs of the step, the index of the step in time last. */
  public final List<Variable> sequences = new ArrayList<>();

  public final List<Variable> carried = new ArrayList<>();
  public final List<Variable> outputs = new ArrayList<>();
  public final List<Variable> next = new ArrayList<>();

  /** What does not change from step to step: what the body brought along, then what is derived. */
  public final List<Variable> invariants = new ArrayList<>();

  public final List<Derived> derived = new ArrayList<>();

  /**
   * Traces a body.
   *
   * @param gradient whether gradients by what is carried will be needed
   */
  public static TracedStep of(
      StepFunction body, List<ScanInput> inputs, List<Variable> initial, boolean gradient) {
    TracedStep s = new TracedStep();
    List<Variable> now = new ArrayList<>();
    for (ScanInput source : inputs) {
      Variable v = source.sequence();
      boolean needs = gradient && v.requiresGradient();
      Variable step =
          s.trace.input(Kind.SEQUENCE, s.sequences.size(), v.shape().without(0), v.type(), needs);
      s.sequences.add(step);
      now.add(source.at(step));
    }
    Variable time =
        s.trace.input(Kind.SEQUENCE, s.sequences.size(), Shape.of(), DType.INT32, false);
    s.sequences.add(time);
    for (Variable v : initial) {
      boolean needs = gradient && v.type().isFloating();
      s.carried.add(s.trace.input(Kind.CARRIED, s.carried.size(), v.shape(), v.type(), needs));
    }
    StepFunction.Results r = body.step(now, List.copyOf(s.carried), time);
    r.outputs().forEach(v -> s.outputs.add(s.trace.lift(v)));
    r.next().forEach(v -> s.next.add(s.trace.lift(v)));
    s.invariants.addAll(s.trace.liftedInputs());
    s.check();
    return s;
  }

  private void check() {
    if (next.size() != carried.size()) {
      throw new UntraceableException("it hands on another number of variables than it was handed");
    }
    List<DType> types =
        trace.variables().stream()
            .map(Variable::type)
            .filter(DType::isFloating)
            .distinct()
            .toList();
    if (types.size() != 1) {
      throw new UntraceableException(
          types.isEmpty()
              ? "it computes nothing in float32 or float64"
              : "it computes with " + types + ", expected one type");
    }
    for (int i = 0; i < carried.size(); i++) {
      boolean same =
          carried.get(i).type() == next.get(i).type()
              && carried.get(i).shape().equals(next.get(i).shape());
      if (!same || !carried.get(i).type().isFloating()) {
        throw new UntraceableException(
            "it is handed " + carried.get(i) + " and hands on " + next.get(i));
      }
    }
    for (Variable v : outputs) {
      if (!v.type().isFloating()) {
        throw new UntraceableException("it puts out " + v.type());
      }
    }
  }

  /** Returns the type of the numbers. */
  public DType type() {
    return trace.variables().stream()
        .map(Variable::type)
        .filter(DType::isFloating)
        .findFirst()
        .orElseThrow();
  }

  /** Returns which of the carried variables every step hands on as it is. */
  public BitSet constant() {
    BitSet constant = new BitSet();
    for (int i = 0; i < carried.size(); i++) {
      constant.set(i, next.get(i) == carried.get(i));
    }
    return constant;
  }

  /** Returns the concrete variables that the body brought along. */
  public List<Variable> lifted() {
    return trace.lifted();
  }

  /** Equal structure, equal plan. */
  public Object structure() {
    return List.of(
        trace.structure(),
        outputs.stream().map(trace::number).toList(),
        next.stream().map(trace::number).toList());
  }

  /**
   * Returns for each look-up in a table whether a product with it is less work when it is applied
   * to the whole table than to the rows that the steps read: {@code gather(E, ids) W = gather(E W,
   * ids)}. They are part of what a plan depends on.
   */
  public List<Boolean> projections(int steps) {
    return trace.variables().stream()
        .filter(v -> Trace.op(v) instanceof Gather)
        .map(v -> isProjected(v, steps))
        .toList();
  }

  static boolean isProjected(Variable rows, int steps) {
    List<Variable> in = Trace.in(rows);
    return 2L * in.get(0).shape().dim(0) <= (long) steps * in.get(1).shape().size();
  }

  /** Returns whether another trace of the same body is equal, constants included. */
  public boolean isLike(TracedStep other) {
    return structure().equals(other.structure()) && hasConstantsOf(other);
  }

  private boolean hasConstantsOf(TracedStep other) {
    List<Variable> a = lifted();
    List<Variable> b = other.lifted();
    for (int i = 0; i < a.size(); i++) {
      if (!isSame(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether two variables are one, equal constants, or were made alike of the same: a
   * weight that the body cuts out of a parameter anew at each step.
   */
  private static boolean isSame(Variable x, Variable y) {
    if (x == y || isMadeAlike(x, y)) {
      return true;
    }
    return !x.requiresGradient() && !y.requiresGradient() && x.value().sameBits(y.value());
  }

  private static boolean isMadeAlike(Variable x, Variable y) {
    Op op = Trace.op(x);
    List<Variable> in = Trace.in(x);
    List<Variable> other = Trace.in(y);
    if (op == null || !op.equals(Trace.op(y)) || in.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < in.size(); i++) {
      if (!isSame(in.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a variable is the same at all steps. */
  public boolean isInvariant(Variable v) {
    Trace.Input input = trace.input(v);
    return input != null && input.kind() == Kind.INVARIANT;
  }
}
