package dev.unroll.autograd.plan;

import dev.unroll.autograd.Variable;
import java.util.List;

/** The function of a loop's step, which the planner traces. */
@FunctionalInterface
public interface StepFunction {

  /** The outputs of a step, and the values that it carries to the next step. */
  record Results(List<Variable> outputs, List<Variable> next) {}

  /**
   * Computes one step.
   *
   * @param inputs the inputs at the current step
   * @param carried the values that the previous step returned as {@code next}
   * @param time the index of the step, an int32 scalar
   */
  Results step(List<Variable> inputs, List<Variable> carried, Variable time);
}
