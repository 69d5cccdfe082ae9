package dev.unroll.autograd;

import dev.unroll.tensor.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Unrolls a step through time: the same function, hence the same weights, at every step, and a
 * state that is carried from one to the next.
 */
public final class Scan {
  private final boolean reverse;

  private Scan(boolean reverse) {
    this.reverse = reverse;
  }

  /** Returns the scan from the first step to the last. */
  public static Scan forward() {
    return new Scan(false);
  }

  /** Returns the scan from the last step to the first; outputs keep the order of time. */
  public static Scan backward() {
    return new Scan(true);
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
   */
  public Result run(Body body, List<Variable> inputs, List<Variable> initial, int offset) {
    int steps = steps(inputs);
    List<List<Variable>> outputs = new ArrayList<>();
    List<Variable> carried = initial;
    for (int s = 0; s < steps; s++) {
      int t = reverse ? steps - 1 - s : s;
      List<Variable> now = inputs.stream().map(v -> v.select(0, t)).toList();
      Result r = body.step(now, carried, Variable.scalar(DType.INT32, offset + t));
      for (int i = 0; i < r.outputs.size(); i++) {
        if (s == 0) {
          outputs.add(new ArrayList<>());
        }
        // Here and not at the end: gradients add up in the order of recording, and a step's output
        // comes before what the next step does with its state, whether rows are masked or not.
        Variable output = r.outputs.get(i);
        outputs.get(i).add(output.reshape(output.shape().insert(0, 1)));
      }
      carried = r.carried;
    }
    if (reverse) {
      outputs.forEach(Collections::reverse);
    }
    return new Result(
        outputs.stream().map(o -> Variable.concat(0, o.toArray(Variable[]::new))).toList(),
        carried);
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
