package dev.unroll.autograd;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Unrolls a step through time: the same function, hence the same weights, at every step, and a
 * state that is carried from one to the next.
 */
public final class Scan {
  private final Order order;
  private final Memory memory;
  private final @Nullable Hook hook;

  enum Order {
    FORWARD {
      @Override
      int at(int step, int steps) {
        return step;
      }
    },
    BACKWARD {
      @Override
      int at(int step, int steps) {
        return steps - 1 - step;
      }
    };

    /** Returns the index in time of a step, or the step of an index in time. */
    abstract int at(int step, int steps);
  }

  /** What is kept for the backward pass: every step, or the state at every so many. */
  private enum Memory {
    STEPS,
    CHECKPOINTS
  }

  private Scan(Order order, Memory memory, @Nullable Hook hook) {
    this.order = order;
    this.memory = memory;
    this.hook = hook;
  }

  /** Returns the scan from the first step to the last. */
  public static Scan forward() {
    return new Scan(Order.FORWARD, Memory.STEPS, null);
  }

  /** Returns the scan from the last step to the first; outputs keep the order of time. */
  public static Scan backward() {
    return new Scan(Order.BACKWARD, Memory.STEPS, null);
  }

  /**
   * Returns the scan that keeps only what is carried over the borders of segments of about the
   * square root of all steps, and computes the steps of a segment again in the backward pass: see
   * {@link Checkpoint}. Gradients are equal to the bit, memory grows as the square root of T, and
   * the forward pass runs twice.
   */
  public Scan checkpointed() {
    return new Scan(order, Memory.CHECKPOINTS, hook);
  }

  /** Returns the scan with a hook on what is carried: see {@link Variable#onGradient}. */
  public Scan onGradient(Hook hook) {
    return new Scan(order, memory, hook);
  }

  /** What happens at one step. */
  @FunctionalInterface
  public interface Body {
    /**
     * Takes one step.
     *
     * @param inputs this step's part of each input
     * @param carried what the step before handed on
     * @param time the index of the step, an int32 scalar
     */
    Result step(List<Variable> inputs, List<Variable> carried, Variable time);
  }

  /** Sees the gradient by what a step carries on, and may replace it. */
  @FunctionalInterface
  public interface Hook {
    /**
     * Is called in the backward pass, once for each step and carried variable that gradients reach.
     *
     * @param time the index of the step
     * @param carried which of the carried variables
     * @param g the gradient by its value after the step
     * @return what flows on instead, of the same shape
     */
    Variable at(int time, int carried, Variable g);
  }

  /** The outputs of a step, or of all steps stacked, and what is carried on. */
  public record Result(List<Variable> outputs, List<Variable> carried) {}

  /**
   * Runs all steps.
   *
   * @param inputs each {@code [T, ...]}
   * @param initial what is carried into the first step
   * @param offset the index of the first step in time
   * @return outputs stacked to {@code [T, ...]}, and what the last step hands on
   * @throws IllegalArgumentException if inputs differ in T, or T is 0
   * @throws OutOfMemoryError if the steps that are kept for the backward pass do not fit; the
   *     message names remedies
   */
  public Result run(Body body, List<Variable> inputs, List<Variable> initial, int offset) {
    int steps = steps(inputs);
    ScanRun run = new ScanRun(body, inputs, steps, order, hook, offset);
    boolean recomputes = memory == Memory.CHECKPOINTS && Scope.current().records();
    return run.stacked(recomputes ? run.checkpointed(initial) : run.kept(initial));
  }

  private static int steps(List<Variable> inputs) {
    int steps = inputs.isEmpty() ? 0 : inputs.getFirst().shape().dim(0);
    if (steps == 0 || inputs.stream().anyMatch(v -> v.shape().dim(0) != steps)) {
      throw new IllegalArgumentException(
          "[scan] expects inputs of one number of steps, at least 1: "
              + inputs.stream().map(Variable::shape).toList());
    }
    return steps;
  }
}
