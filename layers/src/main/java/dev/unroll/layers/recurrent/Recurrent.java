package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Mode;

/**
 * Reads sequences step by step: a cell in one direction ({@link Unroll}), one in each ({@link
 * Bidirectional}), or several such readers one above the other ({@link RecurrentStack}).
 */
public interface Recurrent extends Layer {

  /** Returns the size of an output. */
  int outputSize();

  /**
   * Returns what is put out at every step, {@code [B, T, outputSize]}, from the initial state on; 0
   * behind the end of a sequence.
   *
   * @param x {@code [B, T, I]}; behind the end of a sequence it may hold anything
   * @param lengths the number of valid steps of each sequence, 0 to T, in any order
   * @throws IllegalArgumentException if the shapes do not fit
   */
  Variable outputs(Variable x, int[] lengths, Mode mode);
}
