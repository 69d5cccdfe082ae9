package dev.unroll.tensor.loop;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.access.SharedAccess;
import dev.unroll.tensor.kernel.Doubles;
import dev.unroll.tensor.kernel.Floats;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run of a {@link Loop}: its inputs and its outputs. It belongs to one thread, which shares the
 * work with others where that is worth it. A closed run has given its arrays to the next one: every
 * call throws an {@link IllegalStateException}.
 */
public final class LoopRun implements AutoCloseable {
  private final AtomicReference<@Nullable Pass<?>> open;

  private LoopRun(Pass<?> pass) {
    open = new AtomicReference<>(pass);
  }

  /**
   * Starts a run of a loop.
   *
   * @param steps T, at least 1
   * @param ascending whether the forward sweep goes from the first step to the last
   * @param keeps whether the values that the backward sweep needs are saved; otherwise they are
   *     recomputed block by block, with the same bits
   */
  public static LoopRun of(Loop loop, int steps, boolean ascending, boolean keeps) {
    return new LoopRun(
        Pass.of(
            loop,
            SharedAccess.<Tensor, DType, Shape>tensor().elements(loop.type),
            steps,
            ascending,
            keeps));
  }

  /** Returns the arrays of the run until it is closed. */
  private Pass<?> pass() {
    Pass<?> pass = open.get();
    if (pass == null) {
      throw new IllegalStateException("[loop] the run is closed");
    }
    return pass;
  }

  /**
   * Binds an input: a constant, a sequence with a first axis T, the initial value of a carried one,
   * a matrix, row ids or an opaque tensor.
   *
   * @throws IllegalArgumentException if it has another type or shape, or an id is out of range of
   *     its table
   */
  public void bind(LoopInput input, Tensor t) {
    pass().bind(input, t);
  }

  /**
   * Runs the forward sweep.
   *
   * @throws IllegalStateException if one of its inputs is not bound
   */
  public void forward() {
    pass().forward();
  }

  /**
   * Runs the backward sweep, from the last step of the forward sweep.
   *
   * @throws IllegalStateException if one of its inputs is not bound
   */
  public void backward() {
    pass().backward();
  }

  /** Returns the values of all steps of an output, {@code [T, ...]}. */
  public Tensor output(LoopValue value) {
    return pass().output(value);
  }

  /** Returns the carried value after the last step of a sweep. */
  public Tensor last(LoopValue carried) {
    return pass().last(carried);
  }

  /** Returns the value of an accumulator. */
  public Tensor accumulated(LoopValue value) {
    return pass().accumulated(value);
  }

  /** Binds an array of its own to a sequence of one step, for {@link #put}. */
  public void reserve(LoopValue sequence) {
    pass().reserve(sequence);
  }

  /**
   * Writes the next step's values into a sequence that was reserved.
   *
   * @throws IllegalArgumentException if their number is not that of a step
   */
  public void put(LoopValue sequence, float... values) {
    pass().put(Floats.INSTANCE, sequence, values, values.length);
  }

  /** Writes the next step's values: see {@link #put(LoopValue, float...)}. */
  public void put(LoopValue sequence, double... values) {
    pass().put(Doubles.INSTANCE, sequence, values, values.length);
  }

  /**
   * Writes the next step's row ids.
   *
   * @throws IllegalArgumentException if their number is not that of a step, or one is out of range
   *     of the table
   */
  public void put(LoopInput.Ids ids, int... values) {
    pass().put(ids, values);
  }

  /**
   * Prepares a run of one step at a time, for {@link #step}.
   *
   * @throws IllegalStateException if an input is not bound
   */
  public void begin() {
    pass().begin(0);
  }

  /** Computes the next step from the carried values of the last one. */
  public void step() {
    pass().block(0, 0, true);
  }

  /** Reads an output of the last step. */
  public void get(LoopValue output, float... into) {
    pass().get(Floats.INSTANCE, output, into, into.length);
  }

  /** Reads an output: see {@link #get(LoopValue, float...)}. */
  public void get(LoopValue output, double... into) {
    pass().get(Doubles.INSTANCE, output, into, into.length);
  }

  /** Ends the run: its arrays serve the next one. Closing it again has no effect. */
  @Override
  public void close() {
    Pass<?> pass = open.getAndSet(null);
    if (pass != null) {
      pass.release();
    }
  }
}
