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
   * Takes one step. What the step computes may depend on its arguments, on parameters and on the
   * cell's own fields, and the operations that it applies on the mode and on shapes and types. It
   * must not ask an argument, or what it has computed, for {@link Variable#requiresGradient} or
   * whether it is the same object as another ({@code ==}, {@code equals}): a plan is made from one
   * call for all steps, where each state counts as one that requires a gradient and equal
   * expressions are one object, so that the answers are not those of a step taken by itself. A step
   * that asks for {@link Variable#value} is not planned. Random numbers come from the mode, never
   * from a generator of the cell.
   *
   * @param x {@code [B, I]}
   */
  Step<S> step(Variable x, S state, Mode mode);

  /** Returns zeros {@code [B, size]}: for {@link #initialState}. */
  static Variable zeros(DType type, int batch, int size) {
    return Variable.of(Tensor.full(type, Shape.of(batch, size), 0));
  }
}
