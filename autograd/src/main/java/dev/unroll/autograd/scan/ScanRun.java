package dev.unroll.autograd.scan;

import dev.unroll.autograd.Checkpoint;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Scope;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.autograd.plan.ScanInput;
import dev.unroll.autograd.plan.TracedStep;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One eager run of a {@link Scan}. */
final class ScanRun {
  private final Scan.Body body;
  private final List<Variable> inputs;
  private final int steps;
  private final Scan.Order order;
  private final Scan.@Nullable Hook hook;
  private final int offset;
  private int taken;
  private @Nullable List<Kind> first;

  /** The type and the shape of an output of the first step. */
  private record Kind(DType type, Shape shape) {
    static Kind of(Variable v) {
      return new Kind(v.type(), v.shape());
    }

    @Override
    public String toString() {
      return "" + type + shape;
    }
  }

  ScanRun(
      Scan.Body body,
      List<Variable> inputs,
      int steps,
      Scan.Order order,
      Scan.@Nullable Hook hook,
      int offset) {
    this.body = body;
    this.inputs = inputs;
    this.steps = steps;
    this.order = order;
    this.hook = hook;
    this.offset = offset;
  }

  Scan.Body body() {
    return body;
  }

  /** Returns the inputs for a plan. */
  List<ScanInput> sources() {
    return ScanInput.of(inputs);
  }

  /** Returns its steps in time. */
  Times times() {
    return Times.of(steps, order == Scan.Order.FORWARD, offset);
  }

  /** Computes all steps with their graph; the outputs are those of each step in order. */
  Scan.Result kept(List<Variable> initial) {
    try {
      return take(0, steps, initial);
    } catch (OutOfMemoryError e) {
      throw remedy(e);
    }
  }

  /** Computes all steps with their graph, and stacks the outputs. */
  Scan.Result recorded(List<Variable> initial) {
    return stacked(kept(initial));
  }

  /** Returns an error that suggests remedies, if steps are saved for the backward pass. */
  OutOfMemoryError remedy(OutOfMemoryError e) {
    if (!Scope.current().records()) {
      return e;
    }
    OutOfMemoryError better =
        new OutOfMemoryError(
            "[scan] out of memory after "
                + taken
                + " of "
                + steps
                + " steps, all saved for the backward pass. Recompute them with checkpointed() on the scan or the unroll, limit them with a Truncation, or give the JVM more than -Xmx"
                + (Runtime.getRuntime().maxMemory() >> 20)
                + "m");
    better.initCause(e);
    return better;
  }

  /** Computes all steps, and saves the state at the borders of segments. */
  Scan.Result checkpointed(List<Variable> initial) {
    int size = (int) Math.ceil(Math.sqrt(steps));
    List<Variable> outputs = new ArrayList<>();
    List<Variable> carried = initial;
    for (int at = 0; at < steps; at += size) {
      int from = at;
      int to = Math.min(at + size, steps);
      List<Variable> before = carried;
      List<Variable> results =
          Checkpoint.of(() -> {
            Scan.Result r = take(from, to, before);
            return concat(r.outputs(), r.carried());
          });
      int n = results.size() - initial.size();
      outputs.addAll(results.subList(0, n));
      carried = List.copyOf(results.subList(n, results.size()));
    }
    return new Scan.Result(outputs, carried);
  }

  private static List<Variable> concat(List<Variable> a, List<Variable> b) {
    List<Variable> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private Scan.Result take(int from, int to, List<Variable> initial) {
    List<Variable> outputs = new ArrayList<>();
    List<Variable> carried = initial;
    for (int s = from; s < to; s++) {
      int t = order.at(s, steps);
      List<Variable> now = inputs.stream().map(v -> v.select(0, t)).toList();
      Scan.Result r = step(now, carried, offset + t);
      checkOutputs(r.outputs(), s);
      if (hook != null) {
        r = hooked(r, hook, offset + t);
      }
      for (Variable output : r.outputs()) {
        // Here rather than at the end: gradients are accumulated in the order of recording, and a
        // step's output precedes the operations of the next step on its state, whether rows are
        // masked or not.
        outputs.add(output.reshape(output.shape().insert(0, 1)));
      }
      carried = r.carried();
      taken = s + 1;
    }
    return new Scan.Result(outputs, carried);
  }

  /** Checks that the outputs can be stacked. */
  private void checkOutputs(List<Variable> outputs, int step) {
    List<Kind> kinds = outputs.stream().map(Kind::of).toList();
    if (first == null) {
      first = kinds;
    } else if (!kinds.equals(first)) {
      throw new IllegalArgumentException(
          "[scan] expected outputs of equal shape and type at all steps, got "
              + text(first)
              + " at step 0 and "
              + text(kinds)
              + " at step "
              + step);
    }
  }

  private static String text(List<Kind> kinds) {
    return kinds.size() == 1 ? kinds.getFirst().toString() : kinds.toString();
  }

  private Scan.Result step(List<Variable> now, List<Variable> carried, int time) {
    Scan.Result r = Scan.step(body, now, carried, Variable.scalar(DType.INT32, time));
    if (r.carried().size() != carried.size()) {
      throw new IllegalArgumentException(
          "[scan] the step received "
              + carried.size()
              + " carried variables, but returned "
              + r.carried().size());
    }
    return r;
  }

  /**
   * Returns the result for T = 0: outputs {@code [0, ...]} of the shapes that a step would return,
   * and the initial state.
   */
  Scan.Result none(List<Variable> initial) {
    List<Variable> outputs = new ArrayList<>();
    for (Variable v : outputsOfAStep(initial)) {
      outputs.add(Variable.of(Tensor.full(v.type(), v.shape().insert(0, 0), 0)));
    }
    return new Scan.Result(outputs, initial);
  }

  private List<Variable> outputsOfAStep(List<Variable> initial) {
    List<ScanInput> sources = inputs.stream().map(v -> new ScanInput(v, null)).toList();
    try {
      return TracedStep.of(Scan.traced(body), sources, initial, false, false).outputs();
    } catch (UntraceableException e) {
      return Variable.withoutGradient(() -> {
        List<Variable> zeros = new ArrayList<>();
        for (Variable v : inputs) {
          zeros.add(Variable.of(Tensor.full(v.type(), v.shape().without(0), 0)));
        }
        Scan.Result first = step(zeros, initial, offset);
        step(zeros, first.carried(), offset); // The step must accept the state that it returns.
        return first.outputs();
      });
    }
  }

  private static Scan.Result hooked(Scan.Result r, Scan.Hook hook, int time) {
    List<Variable> outputs = new ArrayList<>(r.outputs());
    List<Variable> carried = new ArrayList<>();
    for (Variable v : r.carried()) {
      int i = carried.size();
      carried.add(v.onGradient(g -> hooked(hook, time, i, g)));
      // An output that is also carried.
      outputs.replaceAll(o -> o == v ? carried.get(i) : o);
    }
    return new Scan.Result(outputs, carried);
  }

  private static Variable hooked(Scan.Hook hook, int time, int carried, Variable g) {
    return Objects.requireNonNull(
        hook.at(time, carried, g),
        () ->
            "[scan] expected a gradient from the hook, got null for carried variable "
                + carried
                + " at time "
                + time);
  }

  /** Stacks the outputs of each step along a new first axis, in the order of time. */
  Scan.Result stacked(Scan.Result r) {
    int n = r.outputs().size() / steps;
    List<Variable> outputs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int k = i;
      Variable[] all =
          IntStream.range(0, steps)
              .mapToObj(t -> r.outputs().get(order.at(t, steps) * n + k))
              .toArray(Variable[]::new);
      outputs.add(Variable.concat(0, all));
    }
    return new Scan.Result(outputs, r.carried());
  }
}
