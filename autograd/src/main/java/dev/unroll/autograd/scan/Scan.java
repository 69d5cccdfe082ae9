package dev.unroll.autograd.scan;

import dev.unroll.autograd.Anomaly;
import dev.unroll.autograd.Checkpoint;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Ineligible;
import dev.unroll.autograd.graph.Scope;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.autograd.plan.Plan;
import dev.unroll.autograd.plan.ScanInput;
import dev.unroll.autograd.plan.StepFunction;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Unrolls a step through time: the same function, with the same weights, at every step, and a state
 * that is carried from one step to the next.
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

  /**
   * The values saved for the backward pass: those of every step, or the state at the borders of
   * segments.
   */
  private enum Memory {
    STEPS,
    CHECKPOINTS
  }

  /** Whether the body is planned, or applied at each step. */
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
   * Returns the scan that saves only the state at the borders of segments of about the square root
   * of T steps, and recomputes the steps of a segment in the backward pass: see {@link Checkpoint}.
   * Gradients are equal bit for bit, memory grows with the square root of T, and the forward pass
   * runs twice.
   */
  public Scan checkpointed() {
    return new Scan(order, Memory.CHECKPOINTS, hook, engine, plans);
  }

  /**
   * Returns the scan with a gradient hook on the carried variables: see {@link
   * Variable#onGradient}.
   */
  public Scan onGradient(Hook hook) {
    return new Scan(order, memory, Objects.requireNonNull(hook, "hook"), engine, plans);
  }

  /**
   * Returns the scan that applies the body at each step without a plan, for comparison or
   * debugging. Scans with a hook, and under {@link Anomaly} detection, also run this way.
   */
  public Scan eager() {
    return new Scan(order, memory, hook, Engine.EAGER, plans);
  }

  /** Returns the direction, and how this scan differs from a plain one. */
  @Override
  public String toString() {
    return "Scan["
        + order.name().toLowerCase(Locale.ROOT)
        + (memory == Memory.CHECKPOINTS ? ", checkpointed" : "")
        + (engine == Engine.EAGER ? ", eager" : "")
        + (hook == null ? "" : ", with a gradient hook")
        + "]";
  }

  /**
   * Describes the plan of the last run: the operations computed once, over all steps and in the
   * loop, and the bytes saved per step for the backward pass; or the reason why it ran eagerly.
   */
  public String explain() {
    return isPlanned() ? plans.explanation() : notPlanned();
  }

  private boolean isPlanned() {
    return engine == Engine.PLANNED && hook == null;
  }

  private String notPlanned() {
    return "step by step: " + (hook == null ? "eager() asks for it" : Ineligible.HOOK.clause());
  }

  /**
   * Returns the text of the step after one pass of the planner, or the reason why the last run was
   * not planned. The passes are {@code trace}, {@code simplify}, {@code differentiate}, {@code
   * place}, {@code rematerialize}, {@code partition}, {@code fuse} and {@code lower}, in this
   * order.
   *
   * @throws IllegalArgumentException if there is no such pass
   */
  public String explain(String pass) {
    Plan.checkPass(pass);
    return isPlanned() ? plans.explanation(pass) : notPlanned();
  }

  /** The function of one step. */
  @FunctionalInterface
  public interface Body {
    /**
     * Computes one step. It must be the same function at each step: its operations and constants
     * may depend only on its arguments and on values that do not change during a run. It is also
     * called for planning, so that the number of calls is not the number of steps. During planning,
     * all carried variables require a gradient, and equal expressions are the same object: it must
     * not depend on {@link Variable#requiresGradient} or on the identity of variables.
     *
     * @param inputs the input at time t, of each sequence
     * @param carried the state after the previous step
     * @param time the index of the step, an int32 scalar
     */
    Result step(List<Variable> inputs, List<Variable> carried, Variable time);
  }

  /** Receives the gradient with respect to the state after a step, and may replace it. */
  @FunctionalInterface
  public interface Hook {
    /**
     * Called in the backward pass, once per step and carried variable that a gradient reaches.
     *
     * @param time the index of the step
     * @param carried the index of the carried variable
     * @param g the gradient with respect to its value after the step
     * @return the gradient to propagate, of the same shape
     */
    Variable at(int time, int carried, Variable g);
  }

  /** The outputs of a step, or of all steps stacked, and the state after it. */
  public record Result(List<Variable> outputs, List<Variable> carried) {

    /** Checks for null. */
    public Result {
      noneNull("outputs", "output", outputs);
      noneNull("carried", "carried", carried);
    }
  }

  /** Computes a step of a body, which may be user code. */
  static Result step(Body body, List<Variable> inputs, List<Variable> carried, Variable time) {
    return Objects.requireNonNull(body.step(inputs, carried, time), "the result of a step");
  }

  /**
   * Runs all steps.
   *
   * @param inputs sequences {@code [T, ...]}
   * @param initial the state before the first step
   * @param offset the index of the first step in time
   * @return the outputs, stacked to {@code [T, ...]}, and the state after the last step; if T = 0,
   *     empty outputs and {@code initial}
   * @throws IllegalArgumentException if there is no input, inputs differ in T, or a time exceeds
   *     int32
   * @throws OutOfMemoryError if the saved steps do not fit into memory; the message suggests
   *     remedies
   */
  public Result run(Body body, List<Variable> inputs, List<Variable> initial, int offset) {
    Objects.requireNonNull(body, "body");
    noneNull("initial", "initial", initial);
    int steps = steps(inputs);
    if ((long) offset + steps - 1 > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "[scan] expected times up to 2^31-1, got " + steps + " steps from time " + offset);
    }
    ScanRun run = new ScanRun(body, inputs, steps, order, hook, offset);
    return steps == 0 ? run.none(initial) : plans.call(() -> run(run, initial));
  }

  private Result run(ScanRun run, List<Variable> initial) {
    boolean saves = memory == Memory.STEPS;
    if (isPlanned() && !Scope.current().watches()) {
      Optional<Result> planned = plans.run(run, initial, saves);
      if (planned.isPresent()) {
        return planned.get();
      }
    }
    return run.stacked(saves ? run.kept(initial) : run.checkpointed(initial));
  }

  /**
   * Opens a session, which computes one step at a time as inputs arrive.
   *
   * @param body a body of one input, whose first output is returned
   * @param input the shape of the input of one step
   * @param type the type of the input
   * @param initial the state before the first step
   * @throws IllegalArgumentException if this scan runs backward, or if the body cannot be planned;
   *     the message says why
   */
  public Session open(Body body, Shape input, DType type, List<Variable> initial) {
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(type, "type");
    noneNull("initial", "initial", initial);
    if (order == Order.BACKWARD) {
      throw new IllegalArgumentException(
          "[session] expected a forward scan, got a backward one: a stream has no last step to begin with");
    }
    Variable example = Variable.of(Tensor.full(type, input.insert(0, 1), 0));
    try {
      return plans.open(body, new ScanInput(example, null), initial);
    } catch (UntraceableException e) {
      throw new IllegalArgumentException("[session] cannot be planned: " + e.reason(), e);
    }
  }

  /** Returns the step function that the planner traces. */
  static StepFunction traced(Body body) {
    return (inputs, carried, time) -> {
      Result r = step(body, inputs, carried, time);
      return new StepFunction.Results(r.outputs(), r.carried());
    };
  }

  private static void noneNull(String all, String each, List<Variable> variables) {
    Objects.requireNonNull(variables, all).forEach(v -> Objects.requireNonNull(v, each));
  }

  private static int steps(List<Variable> inputs) {
    noneNull("inputs", "input", inputs);
    boolean ranked = inputs.stream().allMatch(v -> v.shape().rank() > 0);
    int steps = inputs.isEmpty() || !ranked ? -1 : inputs.getFirst().shape().dim(0);
    if (steps < 0 || inputs.stream().anyMatch(v -> v.shape().dim(0) != steps)) {
      throw new IllegalArgumentException(
          "[scan] expected inputs [T, ...] of equal T, got "
              + inputs.stream().map(Variable::shape).toList());
    }
    return steps;
  }
}
