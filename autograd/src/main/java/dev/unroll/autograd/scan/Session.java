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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
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

  /** The variables of the state that steps change, in the order of the state. */
  private final List<LoopValue> carried;

  private final List<Tensor> initial;

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
    carried = List.copyOf(new TreeMap<>(plan.forward().state()).values());
    initial = carried.stream().map(run::last).toList();
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
    return within(() -> carried.stream().map(run::last).toList());
  }

  /**
   * Returns a copy of one row of the state: of each variable, what belongs to one of the sequences
   * that the session reads.
   *
   * @param row the index of the sequence, on the first axis of each variable
   * @return for each variable {@code [B, ...]} a tensor {@code [...]}
   * @throws IllegalArgumentException if a variable has no such row
   * @throws IllegalStateException as for {@link #state()}
   */
  public List<Tensor> state(int row) {
    return within(() -> {
      StateRows.check(carried, row);
      return carried.stream().map(v -> StateRows.get(run.last(v), row)).toList();
    });
  }

  /**
   * Continues from a state, such as one of {@link #state()} of this session or of another one on
   * the same step.
   *
   * @throws IllegalArgumentException if the number of tensors, a type or a shape differs from those
   *     of the state; it is unchanged then
   * @throws IllegalStateException as for {@link #state()}
   */
  public void restore(List<Tensor> state) {
    Objects.requireNonNull(state, "state");
    within(() -> {
      StateRows.check(carried.stream().map(LoopValue::shape).toList(), plan.type(), state);
      return bind(state);
    });
  }

  /**
   * Continues one of the sequences from a state, such as one of {@link #state(int)}; the others are
   * unchanged. Sequences that come and go take turns in the rows of one session in this way.
   *
   * @param row the index of the sequence
   * @throws IllegalArgumentException if a variable has no such row, or the number of tensors, a
   *     type or a shape differs from those of a row; the state is unchanged then
   * @throws IllegalStateException as for {@link #state()}
   */
  public void restore(int row, List<Tensor> state) {
    Objects.requireNonNull(state, "state");
    within(() -> {
      StateRows.check(carried, row);
      StateRows.check(carried.stream().map(v -> v.shape().without(0)).toList(), plan.type(), state);
      List<Tensor> all = new ArrayList<>();
      for (LoopValue v : carried) {
        all.add(StateRows.with(run.last(v), row, state.get(all.size())));
      }
      return bind(all);
    });
  }

  /**
   * Returns to the state before the first step.
   *
   * @throws IllegalStateException as for {@link #state()}
   */
  public void reset() {
    restore(initial);
  }

  /**
   * Returns one of the sequences to its state before the first step: see {@link #restore(int,
   * List)}.
   */
  public void reset(int row) {
    within(() -> {
      StateRows.check(carried, row);
      return null;
    });
    restore(row, initial.stream().map(t -> StateRows.get(t, row)).toList());
  }

  private @Nullable Void bind(List<Tensor> state) {
    for (int i = 0; i < state.size(); i++) {
      run.bind(carried.get(i), state.get(i));
    }
    return null;
  }

  private <T extends @Nullable Object> T within(Supplier<T> call) {
    occupancy.enter();
    try {
      return call.get();
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
