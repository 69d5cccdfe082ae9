package dev.unroll.autograd.scan;

import dev.unroll.autograd.Snapshot;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.plan.Eligibility;
import dev.unroll.autograd.plan.Lowered;
import dev.unroll.autograd.plan.Role;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Slot;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.loop.LoopInput;
import dev.unroll.tensor.loop.LoopRun;
import dev.unroll.tensor.loop.LoopValue;
import java.lang.reflect.Array;
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
 * {@snippet class="snippets.AutogradTest" region="Session"}
 */
public final class Session implements AutoCloseable {
  private static final Role INPUT = new Role.Sequence(0);

  private final Lowered plan;
  private final LoopRun run;
  private final DType type;
  private final Shape shape;
  private final LoopValue output;

  // The input in the run, in the ways in which the step reads it; none if it does not.
  private @Nullable LoopValue sequence;
  private LoopInput.@Nullable Ids ids;
  private LoopInput.@Nullable Opaque opaque;

  private final Occupancy occupancy = new Occupancy("session");

  private Session(Lowered plan, LoopRun run, DType type, Shape shape) {
    this.plan = plan;
    this.run = run;
    this.type = type;
    this.shape = shape;
    LoopValue first = plan.forward().outputs().get(0);
    if (first == null) {
      throw new IllegalArgumentException(
          "[session] expected a step with at least one output, got none");
    }
    output = first;
    plan.inputs()
        .keys()
        .forEach((input, role) -> {
          if (role.equals(INPUT)) {
            switch (input) {
              case LoopValue v -> sequence = v;
              case LoopInput.Ids i -> ids = i;
              case LoopInput.Opaque o -> opaque = o;
              case LoopInput.Matrix m -> throw new IllegalStateException("[session] " + m);
            }
          }
        });
  }

  /**
   * Opens a session.
   *
   * @param example an input of one step, {@code [1, ...]}
   * @param arguments the variables of all other roles
   */
  static Session open(Lowered plan, Variable example, Map<Role, Variable> arguments) {
    Eligibility.checkSession(plan);
    LoopRun run = LoopRun.of(plan.loop(), 1, true, true);
    try {
      plan.inputs().bind(run, 0, role -> argument(role, example, arguments));
      run.begin();
      return new Session(plan, run, example.type(), example.shape().without(0));
    } catch (RuntimeException | Error e) {
      run.close();
      throw e;
    }
  }

  private static @Nullable Tensor argument(
      Role role, Variable example, Map<Role, Variable> arguments) {
    if (role.equals(INPUT)) { // Each step writes into an array of its own.
      return Tensor.full(example.type(), example.shape(), 0);
    }
    Variable v = arguments.get(role);
    // Values of slots and scopes are copied, since the session may outlive them.
    return v == null ? null : Slot.of(v.value()).keep();
  }

  /** Returns the types and shapes of the input and the output of a step. */
  @Override
  public String toString() {
    return "Session[" + type + shape + " -> " + plan.type() + output.shape() + "]";
  }

  /** Returns the shape of the input of a step. */
  public Shape inputShape() {
    occupancy.checkOpen();
    return shape;
  }

  /** Returns the shape of the output of a step. */
  public Shape outputShape() {
    occupancy.checkOpen();
    return output.shape();
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
      check("output", plan.type(), output.shape(), y);
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
    if (x instanceof int[] rows) {
      putIds(rows);
    } else if (sequence != null && x instanceof float[] floats) {
      run.put(sequence, floats);
    } else if (sequence != null) {
      run.put(sequence, (double[]) x);
    }
  }

  private void putIds(int... rows) {
    if (ids != null) {
      run.put(ids, rows);
    }
    if (opaque != null) { // Read by a call, which allocates its result as well.
      run.bind(opaque, Tensor.of(shape.insert(0, 1), rows));
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
      return plan.forward().state().values().stream().map(run::last).toList();
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
    occupancy.end();
    run.close();
  }
}
