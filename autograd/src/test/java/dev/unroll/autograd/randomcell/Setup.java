package dev.unroll.autograd.randomcell;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Scan;
import java.util.List;

/**
 * A step with all that it runs on, in one type of numbers.
 *
 * @param inputs each {@code [T, ...]}
 * @param by what gradients are asked by
 */
record Setup(
    Scan.Body body,
    List<Variable> inputs,
    List<Variable> initial,
    List<Variable> by,
    boolean backward,
    RandomCell.Loss loss) {

  /** Returns a setup whose loss depends on all outputs and states. */
  static Setup of(
      Scan.Body body, List<Variable> inputs, List<Variable> initial, List<Variable> by) {
    return new Setup(body, inputs, initial, by, false, RandomCell.Loss.ALL);
  }

  /** Returns the same, from the last step to the first. */
  Setup reversed() {
    return new Setup(body, inputs, initial, by, true, loss);
  }

  int steps() {
    return inputs.getFirst().shape().dim(0);
  }

  Scan scan() {
    return backward ? Scan.backward() : Scan.forward();
  }
}
