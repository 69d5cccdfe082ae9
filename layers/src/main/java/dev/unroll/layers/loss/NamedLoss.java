package dev.unroll.layers.loss;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Tensor;

/** A loss that prints its name. */
record NamedLoss(String name, Loss formula) implements Loss {
  @Override
  public Variable of(Variable output, Tensor targets) {
    return formula.of(output, targets);
  }

  @Override
  public String toString() {
    return name;
  }
}
