package dev.unroll.autograd.plan;

import dev.unroll.autograd.Variable;
import java.util.List;

/** The function that a loop applies at each step, as the planner traces it. */
@FunctionalInterface
public interface StepFunction {

  /** The outputs of a step, and the values that it carries to the next step. */
  record Results(List<Variable> outputs, List<Variable> next) {}

  /**
   * Takes one step.
   *
   * @param inputs this step's part of each input
   * @param carried what the step before returned as {@code next}
   * @param time the index of the step, an int32 scalar
   */
  Results step(List<Variable> inputs, List<Variable> carried, Variable time);
}
