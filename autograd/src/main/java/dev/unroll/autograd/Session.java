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
 * A scan without an end that takes one step at a time as its inputs arrive: streaming. It computes
 * no gradients, uses one {@link Snapshot} of the parameters, taken when it is opened, and once it
 * has warmed up it allocates nothing. Any number of sessions can be open at once.
 *
 * <p>A session belongs to one thread at a time. A call while another thread is inside one is an
 * {@link IllegalStateException}, and so is every call after {@link #close} but another close. A
 * call that throws leaves the state as it was.
 *
 * <pre>{@code
 * try (Session session = Scan.forward().open(body, Shape.of(1, 3), DType.FLOAT32, initial)) {
 *   session.step(x, y); // x: the 3 inputs at this step; y: receives the outputs
 * }
 * }</pre>
 */
public final class Session implements AutoCloseable {
  private final Plan plan;
  private final RecurrenceRun run;
  private final int input;
  private final int output;
  private final boolean ids;
  private final Occupancy occupancy = new Occupancy("session");

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
      // What lies in a slot or in a scope is copied: the session may outlive it.
      values.put(plan.step.invariants.get(i), Slot.of(v.value()).keep());
    }
    RecurrenceRun run = plan.recurrence.run(1, true, true);
    try {
      return bind(plan, run, values, initial);
    } catch (RuntimeException | Error e) {
      run.close();
      throw e;
    }
  }

  private static Session bind(
      Plan plan, RecurrenceRun run, Map<Variable, Tensor> values, List<Variable> initial) {
    Variable x = plan.step.sequences.getFirst();
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

  /** Returns the shape of the input of a step. */
  public Shape inputShape() {
    occupancy.checkOpen();
    return plan.step.sequences.getFirst().shape();
  }

  /** Returns the shape of the output of a step. */
  public Shape outputShape() {
    occupancy.checkOpen();
    return plan.step.outputs.getFirst().shape();
  }

  /**
   * Takes a step.
   *
   * @param input the elements of {@link #inputShape}, the last axis running fastest
   * @param output receives the elements of {@link #outputShape}
   * @throws IllegalArgumentException if the lengths differ, or the step takes another type; then no
   *     step is taken
   * @throws IllegalStateException if the session is closed, or another thread is inside a call
   */
  public void step(float[] input, float[] output) {
    occupancy.enter();
    try {
      checkInput(false, DType.FLOAT32, input.length);
      checkOutput(DType.FLOAT32, output.length);
      run.put(this.input, input);
      run.again();
      run.get(this.output, output);
    } finally {
      occupancy.leave();
    }
  }

  /** Takes a step in float64: see {@link #step(float[], float[])}. */
  public void step(double[] input, double[] output) {
    occupancy.enter();
    try {
      checkInput(false, DType.FLOAT64, input.length);
      checkOutput(DType.FLOAT64, output.length);
      run.put(this.input, input);
      run.again();
      run.get(this.output, output);
    } finally {
      occupancy.leave();
    }
  }

  /** Takes a step of row ids, such as tokens: see {@link #step(float[], float[])}. */
  public void step(int[] input, float[] output) {
    occupancy.enter();
    try {
      checkInput(true, DType.INT32, input.length);
      checkOutput(DType.FLOAT32, output.length);
      run.putIds(this.input, input);
      run.again();
      run.get(this.output, output);
    } finally {
      occupancy.leave();
    }
  }

  /** Takes a step of row ids in float64: see {@link #step(float[], float[])}. */
  public void step(int[] input, double[] output) {
    occupancy.enter();
    try {
      checkInput(true, DType.INT32, input.length);
      checkOutput(DType.FLOAT64, output.length);
      run.putIds(this.input, input);
      run.again();
      run.get(this.output, output);
    } finally {
      occupancy.leave();
    }
  }

  private void checkInput(boolean ids, DType type, int n) {
    Shape shape = plan.step.sequences.getFirst().shape();
    DType expected = this.ids ? DType.INT32 : plan.step.type();
    if (ids != this.ids || type != expected || n != shape.size()) {
      throw unexpected("input", expected, shape, type, n);
    }
  }

  private void checkOutput(DType type, int n) {
    Shape shape = plan.step.outputs.getFirst().shape();
    if (type != plan.step.type() || n != shape.size()) {
      throw unexpected("output", plan.step.type(), shape, type, n);
    }
  }

  private static IllegalArgumentException unexpected(
      String what, DType expected, Shape shape, DType type, int n) {
    return new IllegalArgumentException(
        "[session] expected an "
            + what
            + " of "
            + shape.size()
            + " "
            + expected
            + " "
            + shape
            + ", got "
            + n
            + " "
            + type);
  }

  /**
   * Returns a copy of the state after the last step, without the variables that no step changes.
   *
   * @throws IllegalStateException if the session is closed, or another thread is inside a call
   */
  public List<Tensor> state() {
    occupancy.enter();
    try {
      return plan.carried.stream().map(run::last).toList();
    } finally {
      occupancy.leave();
    }
  }

  /**
   * Ends the session and gives its memory back. If another thread is inside a call, this waits
   * until that call has returned. Closing a session twice does nothing more.
   *
   * @throws IllegalStateException if it is called from within a step of this session
   */
  @Override
  public void close() {
    if (occupancy.end()) {
      run.close();
    }
  }
}
