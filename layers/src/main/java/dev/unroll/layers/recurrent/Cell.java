package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Objects;

/**
 * One step of a recurrent network. A cell consists of its equations; unrolling, lengths, stacking
 * and truncation work for any cell.
 *
 * {@snippet class="snippets.RecurrentTest" region="Cell"}
 *
 * @param <S> the state carried from step to step
 */
public interface Cell<S extends State<S>> extends Layer {

  /** Returns I, the size of an input. */
  int inputSize();

  /** Returns H, the size of an output. */
  int outputSize();

  /** Returns the state before the first step: usually zeros. */
  S initialState(int batch, DType type);

  /**
   * Returns N, the number of random numbers that the cell draws in training per row and step; 0 by
   * default. They are passed to {@link #step} by {@link Mode.Training#noise}.
   */
  default int noise() {
    return 0;
  }

  /**
   * Computes one step. The result may depend on the arguments, on parameters and on the cell's
   * fields; the choice of operations on the mode, shapes and types. A step must not depend on
   * {@link Variable#requiresGradient} or on the identity of variables ({@code ==}, {@code equals}):
   * a plan for all steps is made from one call, in which every state requires a gradient and equal
   * expressions are the same object. A step that reads {@link Variable#value} is not planned.
   * Random numbers come from the mode, never from a generator of the cell.
   *
   * @param x {@code [B, I]}
   */
  Step<S> step(Variable x, S state, Mode mode);

  /**
   * Returns the class and the sizes of a cell, {@code LstmCell[32 -> 64]}: for {@code toString}.
   */
  static String text(Cell<?> cell) {
    return cell.getClass().getSimpleName()
        + "["
        + cell.inputSize()
        + " -> "
        + cell.outputSize()
        + "]";
  }

  /** Returns zeros {@code [B, size]}, for {@link #initialState}. */
  static Variable zeros(DType type, int batch, int size) {
    Objects.requireNonNull(type, "type");
    return Variable.of(Tensor.full(type, Shape.of(batch, size), 0));
  }
}
