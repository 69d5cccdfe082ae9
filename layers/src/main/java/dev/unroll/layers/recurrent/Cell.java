package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/**
 * One step of a recurrent network. Whoever writes one writes its equations; unrolling, lengths,
 * stacking and truncation work on any.
 *
 * @param <S> what is carried from step to step
 */
public interface Cell<S extends State<S>> extends Layer {

  /** Returns I, the size of an input. */
  int inputSize();

  /** Returns H, the size of an output. */
  int outputSize();

  /** Returns the state before the first step: usually zeros. */
  S initialState(int batch, DType type);

  /**
   * Returns N, how many random numbers the cell draws in training for each row at each step; 0
   * unless it says otherwise. They are brought to {@link #step} by {@link Mode.Training#noise}.
   */
  default int noise() {
    return 0;
  }

  /**
   * Takes one step.
   *
   * @param x {@code [B, I]}
   */
  Step<S> step(Variable x, S state, Mode mode);

  /** Returns zeros {@code [B, size]}: for {@link #initialState}. */
  static Variable zeros(DType type, int batch, int size) {
    return Variable.of(Tensor.full(type, 0, Shape.of(batch, size)));
  }
}
