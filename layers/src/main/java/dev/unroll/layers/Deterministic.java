package dev.unroll.layers;

import dev.unroll.autograd.Variable;

/** A block that does the same in training and in use. */
public interface Deterministic extends Block {

  /**
   * Applies the block.
   *
   * @throws IllegalArgumentException if it is not defined for the shape of x
   */
  Variable apply(Variable x);

  @Override
  default Variable apply(Variable x, Mode mode) {
    return apply(x);
  }
}
