package dev.unroll.autograd.scan;

import dev.unroll.autograd.Anomaly;
import dev.unroll.autograd.Checkpoint;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Scope;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.autograd.plan.ScanInput;
import dev.unroll.autograd.plan.StepFunction;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Unrolls a step through time: the same function, hence the same weights, at every step, and a
 * state that is carried from one to the next.
 */
public final class Scan {
  private final Order order;
  private final Memory memory;
  private final @Nullable Hook hook;
  private final Engine engine;
  private final Plans plans;

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

  /** Whether the step is planned, or applied at each step anew. */
  private enum Engine {
    PLANNED,
    EAGER
  }

  private Scan(Order order, Memory memory, @Nullable Hook hook, Engine engine, Plans plans) {
    this.order = order;
    this.memory = memory;
    this.hook = hook;
    this.engine = engine;
    this.plans = plans;
  }

  /** Returns the scan from the first step to the last. */
  public static Scan forward() {
    return new Scan(Order.FORWARD, Memory.STEPS, null, Engine.PLANNED, new Plans());
  }

  /** Returns the scan from the last step to the first; outputs keep the order of time. */
  public static Scan backward() {
    return new Scan(Order.BACKWARD, Memory.STEPS, null, Engine.PLANNED, new Plans());
  }

  /**
   * Returns the scan that keeps only what is carried over the borders of segments of about the
   * square root of all steps, and computes the steps of a segment again in the backward pass: see
   * {@link Checkpoint}. Gradients are equal to the bit, memory grows as the square root of T, and
   * the forward pass runs twice.
   */
  public Scan checkpointed() {
    return new Scan(order, Memory.CHECKPOINTS, hook, engine, plans);
  }

  /** Returns the scan with a hook on what is carried: see {@link Variable#onGradient}. */
  public Scan onGradient(Hook hook) {
    return new Scan(order, memory, Objects.requireNonNull(hook, "hook"), engine, plans);
  }

  /**
   * Returns the scan that applies the body at each step and plans nothing: to compare, or to step
   * through with a debugger. A scan with a hook, and one that {@link Anomaly} watches, run so as
   * well.
   */
  public Scan eager() {
    return new Scan(order, memory, hook, Engine.EAGER, plans);
  }

  /**
   * Returns how the last run was planned: what is computed once, over all steps and in the loop,
   * and how much is kept for the way back; or why it ran step by step.
   */
  public String explain() {
    return plans.explanation();
  }

  /** What happens at one step. */
  @FunctionalInterface
  public interface Body {
    /**
     * Takes one step. It must do the same at each step: its operations and constants may depend on
     * nothing but what it is given and what does not change during a run. It is called to be
     * planned as well, so that the number of calls is not the number of steps. While it is planned,
     * everything carried counts as requiring a gradient and equal expressions are one object: it
     * must not depend on {@link Variable#requiresGradient} or on which variables are the same
     * object.
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
  public record Result(List<Variable> outputs, List<Variable> carried) {

    /** Checks that nothing is null. */
    public Result {
      outputs.forEach(v -> Objects.requireNonNull(v, "output"));
      carried.forEach(v -> Objects.requireNonNull(v, "carried"));
    }
  }

  /** Takes a step of a body, which may be anyone's. */
  static Result step(Body body, List<Variable> inputs, List<Variable> carried, Variable time) {
    return Objects.requireNonNull(body.step(inputs, carried, time), "the result of a step");
  }

  /**
   * Runs all steps.
   *
   * @param inputs each {@code [T, ...]}
   * @param initial what is carried into the first step
   * @param offset the index of the first step in time
   * @return outputs stacked to {@code [T, ...]}, and what the last step hands on; of no step, T =
   *     0, empty outputs and {@code initial}
   * @throws IllegalArgumentException if there is no input, inputs differ in T, or a time is beyond
   *     int32
   * @throws OutOfMemoryError if the steps that are kept for the backward pass do not fit; the
   *     message names remedies
   */
  public Result run(Body body, List<Variable> inputs, List<Variable> initial, int offset) {
    Objects.requireNonNull(body, "body");
    initial.forEach(v -> Objects.requireNonNull(v, "initial"));
    int steps = steps(inputs);
    if ((long) offset + steps - 1 > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "[scan] expected times up to 2^31-1, got " + steps + " steps from time " + offset);
    }
    ScanRun run = new ScanRun(body, inputs, steps, order, hook, offset);
    if (steps == 0) {
      return run.none(initial);
    }
    if (engine == Engine.PLANNED && hook == null && !Scope.current().watches()) {
      Optional<Result> planned = plans.run(run, initial, memory == Memory.STEPS);
      if (planned.isPresent()) {
        return planned.get();
      }
    }
    boolean recomputes = memory == Memory.CHECKPOINTS && Scope.current().records();
    return run.stacked(recomputes ? run.checkpointed(initial) : run.kept(initial));
  }

  /**
   * Opens a session: the steps are taken one by one, as inputs come in.
   *
   * @param body of one input; what it puts out first is put out
   * @param input the shape of an input of one step, and its type
   * @param initial what is carried into the first step
   * @throws IllegalArgumentException if this scan runs backward, or if the body cannot be planned;
   *     the message says why
   */
  public Session open(Body body, Shape input, DType type, List<Variable> initial) {
    Objects.requireNonNull(body, "body");
    initial.forEach(v -> Objects.requireNonNull(v, "initial"));
    if (order == Order.BACKWARD) {
      throw new IllegalArgumentException(
          "[session] expected a scan from the first step to the last, got a backward one: the last"
              + " step of a stream is never known");
    }
    Variable example = Variable.of(Tensor.full(type, input.insert(0, 1), 0));
    try {
      return plans.open(body, List.of(new ScanInput(example, null)), initial);
    } catch (UntraceableException e) {
      throw new IllegalArgumentException("[session] cannot be planned: " + e.reason(), e);
    }
  }

  /** Returns a body as the planner traces it. */
  static StepFunction traced(Body body) {
    return (inputs, carried, time) -> {
      Result r = step(body, inputs, carried, time);
      return new StepFunction.Results(r.outputs(), r.carried());
    };
  }

  private static int steps(List<Variable> inputs) {
    inputs.forEach(v -> Objects.requireNonNull(v, "input"));
    int steps = inputs.isEmpty() ? -1 : inputs.getFirst().shape().dim(0);
    if (steps < 0 || inputs.stream().anyMatch(v -> v.shape().dim(0) != steps)) {
      throw new IllegalArgumentException(
          "[scan] expected inputs [T, ...] of one number of steps, got "
              + inputs.stream().map(Variable::shape).toList());
    }
    return steps;
  }
}
