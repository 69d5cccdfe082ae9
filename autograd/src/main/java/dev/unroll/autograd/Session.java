package dev.unroll.autograd;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.RecurrenceRun;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Slot;
import dev.unroll.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A scan without an end, that is taken one step at a time as its inputs come in: streaming. It
 * computes no gradients, uses parameters as they were when it was opened whatever becomes of them,
 * and once it has warmed up it makes no garbage. Any number of sessions can be open at once; each
 * belongs to one thread at a time.
 *
 * <pre>{@code
 * try (Session session = Scan.forward().open(body, List.of(Shape.of(1, 3)), initial)) {
 *   session.step(x, y); // x: [3] of this moment; y: [outputSize], written
 * }
 * }</pre>
 */
public final class Session implements AutoCloseable {
  private final Plan plan;
  private final RecurrenceRun run;
  private final int input;
  private final int output;
  private final boolean ids;

  private Session(Plan plan, RecurrenceRun run, int input, boolean ids) {
    this.plan = plan;
    this.run = run;
    this.input = input;
    this.ids = ids;
    this.output = plan.outputs.getFirst();
  }

  static Session open(Plan plan, List<Variable> invariants, List<Variable> initial) {
    Map<Variable, Tensor> values = new HashMap<>(plan.constants);
    for (int i = 0; i < invariants.size(); i++) {
      Variable v = invariants.get(i);
      Tensor now = v instanceof Parameter p ? p.keep() : Slot.lasting(v.value());
      values.put(plan.step.invariants.get(i), now);
    }
    Variable x = plan.step.sequences.getFirst();
    RecurrenceRun run = plan.recurrence.run(1, true, true);
    plan.matrices.forEach((m, number) -> run.matrix(number, value(values, m.of()), m.transposed()));
    int input = -1;
    for (Map.Entry<Variable, Integer> e : plan.inputs.entrySet()) {
      Tensor t = values.get(e.getKey());
      if (e.getKey() == x) {
        input = e.getValue();
        run.reserve(input);
      } else if (t != null && e.getValue() >= 0) {
        run.constant(e.getValue(), t);
      } else if (t != null) {
        run.foreign(e.getValue(), t, false);
      } else {
        throw new UntraceableException("it asks for the time");
      }
    }
    Integer numbers = plan.ids.get(x);
    if (numbers != null) {
      input = numbers;
      run.ids(input, Tensor.zeros(DType.INT32, x.shape().insert(0, 1)));
    }
    for (int i = 0; i < initial.size(); i++) {
      run.initial(plan.carried.get(i), initial.get(i).value());
    }
    plan.outputs.forEach(run::expect);
    run.begin();
    return new Session(plan, run, input, numbers != null);
  }

  private static Tensor value(Map<Variable, Tensor> values, Variable v) {
    Tensor t = values.get(v);
    if (t == null) {
      throw new IllegalStateException("[session] no value: " + v);
    }
    return t;
  }

  /** Returns the shape of what a step takes. */
  public Shape inputShape() {
    return plan.step.sequences.getFirst().shape();
  }

  /** Returns the shape of what a step puts out. */
  public Shape outputShape() {
    return plan.step.outputs.getFirst().shape();
  }

  /**
   * Takes a step.
   *
   * @param input the elements of {@link #inputShape}, the last axis running fastest
   * @param output where the elements of {@link #outputShape} are written
   * @throws IllegalArgumentException if the sizes differ, or the step takes other numbers
   */
  public void step(float[] input, float[] output) {
    check(!ids, "row numbers, int[]");
    run.put(this.input, input);
    run.again();
    run.get(this.output, output);
  }

  /** Takes a step in float64: see {@link #step(float[], float[])}. */
  public void step(double[] input, double[] output) {
    check(!ids, "row numbers, int[]");
    run.put(this.input, input);
    run.again();
    run.get(this.output, output);
  }

  /** Takes a step of row numbers, such as tokens: see {@link #step(float[], float[])}. */
  public void step(int[] input, float[] output) {
    check(ids, plan.step.type().toString());
    run.putIds(this.input, input);
    run.again();
    run.get(this.output, output);
  }

  /** Takes a step of row numbers in float64: see {@link #step(float[], float[])}. */
  public void step(int[] input, double[] output) {
    check(ids, plan.step.type().toString());
    run.putIds(this.input, input);
    run.again();
    run.get(this.output, output);
  }

  private static void check(boolean fits, String expected) {
    if (!fits) {
      throw new IllegalArgumentException("[session] the step takes " + expected);
    }
  }

  /** Returns what the last step handed on, copied, but for what no step changes. */
  public List<Tensor> state() {
    return plan.carried.stream().map(run::last).toList();
  }

  /** Ends the session. */
  @Override
  public void close() {
    run.close();
  }
}
