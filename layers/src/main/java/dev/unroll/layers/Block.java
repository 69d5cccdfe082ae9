package dev.unroll.layers;

import dev.unroll.autograd.Variable;

/**
 * A layer that maps one variable to another, as in {@link Sequential}.
 *
 * {@snippet class="snippets.LayersTest" region="Block"}
 */
public interface Block extends Layer {

  /**
   * Applies the block.
   *
   * @throws IllegalArgumentException if it is not defined for the shape of x
   */
  Variable apply(Variable x, Mode mode);
}
