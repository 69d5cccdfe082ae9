package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import java.util.Objects;

/**
 * A block that is the same function in training and evaluation.
 *
 * {@snippet class="snippets.LayersTest" region="Deterministic"}
 */
public interface Deterministic extends Block {

  /**
   * Applies the block.
   *
   * @throws IllegalArgumentException if it is not defined for the shape of x
   */
  Variable apply(Variable x);

  @Override
  default Variable apply(Variable x, Mode mode) {
    Objects.requireNonNull(mode, "mode");
    return apply(x);
  }
}
