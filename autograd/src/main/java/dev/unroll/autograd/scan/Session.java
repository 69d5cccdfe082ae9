package dev.unroll.autograd.scan;

import dev.unroll.autograd.Snapshot;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.autograd.plan.Plan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Slot;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.loop.LoopInput;
import dev.unroll.tensor.loop.LoopRun;
import dev.unroll.tensor.loop.LoopValue;
import java.lang.reflect.Array;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A streaming scan, which computes one step at a time as inputs arrive. It computes no gradients,
 * uses one {@link Snapshot} of the parameters, taken when it is opened, and allocates nothing once
 * warmed up. Any number of sessions can be open at once.
 *
 * <p>A session may be used by one thread at a time. Concurrent calls, and calls after {@link
 * #close} except another close, throw an {@link IllegalStateException}. A call that throws leaves
 * the state unchanged.
 *
 * <pre>{@code
 * try (Session session = Scan.forward().open(body, Shape.of(1, 3), DType.FLOAT32, initial)) {
 *   session.step(x, y); // x: the 3 inputs at this step; y: receives the outputs
 * }
 * }</pre>
 */
public final class Session implements AutoCloseable {
  private final Plan plan;
  private final LoopRun run;
  private final DType type;
  private final Shape shape;
  private final LoopValue output;

  // Cached, so that a step does not search the plan.
  private final DType outputType;
  private final Shape outputShape;

  /** The input in the run, or null if the step does not read it. */
  private final @Nullable LoopValue input;

  /** The input as ids that gather rows of parameters. */
  private final LoopInput.@Nullable Ids rows;

  /** The input as integers that calls read. */
  private final LoopInput.@Nullable Opaque integers;

  private final Occupancy occupancy = new Occupancy("session");

  private Session(Plan plan, LoopRun run) {
    this.plan = plan;
    this.run = run;
    Variable x = plan.step.sequences.getFirst();
    type = x.type();
    shape = x.shape();
    input = input(LoopValue.class);
    rows = input(LoopInput.Ids.class);
    integers = input(LoopInput.Opaque.class);
    output = plan.outputs.getFirst();
    outputType = plan.step.type();
    outputShape = plan.step.outputs.getFirst().shape();
  }

  static Session open(Plan plan, List<Variable> invariants, List<Variable> initial) {
    Map<Variable, Tensor> values = new HashMap<>(plan.constants);
    for (int i = 0; i < invariants.size(); i++) {
      Variable v = invariants.get(i);
      // Values of slots and scopes are copied, since the session may outlive them.
      values.put(plan.step.invariants.get(i), Slot.of(v.value()).keep());
    }
    LoopRun run = plan.loop.run(1, true, true);
    try {
      Session session = new Session(plan, run);
      session.bind(values, initial);
      return session;
    } catch (RuntimeException | Error e) {
      run.close();
      throw e;
    }
  }

  private <I extends LoopInput> @Nullable I input(Class<I> kind) {
    Variable x = plan.step.sequences.getFirst();
    for (Map.Entry<LoopInput, Variable> e : plan.bindings.keys().entrySet()) {
      if (e.getValue() == x && kind.isInstance(e.getKey())) {
        return kind.cast(e.getKey());
      }
    }
    return null;
  }

  private void bind(Map<Variable, Tensor> values, List<Variable> initial) {
    values.put(plan.step.sequences.getFirst(), Tensor.zeros(type, shape.insert(0, 1)));
    for (int i = 0; i < initial.size(); i++) {
      values.put(plan.step.carried.get(i), initial.get(i).value());
    }
    if (plan.bindings.keys().values().contains(plan.step.sequences.getLast())) {
      throw new UntraceableException("it asks for the time");
    }
    plan.bindings.bind(run, 0, values::get);
    if (input != null) {
      run.reserve(input);
    }
    run.begin();
  }

  /** Returns the shape of the input of a step. */
  public Shape inputShape() {
    occupancy.checkOpen();
    return shape;
  }

  /** Returns the shape of the output of a step. */
  public Shape outputShape() {
    occupancy.checkOpen();
    return outputShape;
  }

  /**
   * Computes a step.
   *
   * @param input the elements of {@link #inputShape}, in row-major order
   * @param output receives the elements of {@link #outputShape}
   * @throws IllegalArgumentException if the lengths differ, or the step has another type; no step
   *     is computed then
   * @throws IllegalStateException if the session is closed, or another thread is inside a call
   */
  public void step(float[] input, float[] output) {
    take(input, output);
  }

  /** Computes a step in float64: see {@link #step(float[], float[])}. */
  public void step(double[] input, double[] output) {
    take(input, output);
  }

  /** Computes a step on ids, such as tokens: see {@link #step(float[], float[])}. */
  public void step(int[] input, float[] output) {
    take(input, output);
  }

  /** Computes a step on ids in float64: see {@link #step(float[], float[])}. */
  public void step(int[] input, double[] output) {
    take(input, output);
  }

  private void take(Object x, Object y) {
    Objects.requireNonNull(x, "input");
    Objects.requireNonNull(y, "output");
    occupancy.enter();
    try {
      check("input", type, shape, x);
      check("output", outputType, outputShape, y);
      put(x);
      run.step();
      if (y instanceof float[] floats) {
        run.get(output, floats);
      } else {
        run.get(output, (double[]) y);
      }
    } finally {
      occupancy.leave();
    }
  }

  private void put(Object x) {
    if (x instanceof int[] ids) {
      putIds(ids);
    } else if (input != null && x instanceof float[] floats) {
      run.put(input, floats);
    } else if (input != null) {
      run.put(input, (double[]) x);
    }
  }

  private void putIds(int... ids) {
    if (rows != null) {
      run.put(rows, ids);
    }
    if (integers != null) { // Read by a call, which allocates its result as well.
      run.bind(integers, Tensor.of(shape.insert(0, 1), ids));
    }
  }

  private static void check(String what, DType type, Shape shape, Object given) {
    DType other =
        given instanceof float[]
            ? DType.FLOAT32
            : given instanceof double[] ? DType.FLOAT64 : DType.INT32;
    if (other != type || Array.getLength(given) != shape.size()) {
      throw new IllegalArgumentException(
          "[session] expected an "
              + what
              + " of "
              + shape.size()
              + " "
              + type
              + " "
              + shape
              + ", got "
              + Array.getLength(given)
              + " "
              + other);
    }
  }

  /**
   * Returns a copy of the state after the last step, without loop-invariant variables.
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
   * Closes the session and releases its memory. If another thread is inside a call, this waits
   * until that call has returned. Closing a session again has no effect.
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
