package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.tensor.DType;

/**
 * A cell that wraps another cell, to which it delegates by default. A wrapper implements {@link
 * #step}, and overrides the other methods where it differs. It calls the inner cell by {@link
 * #stepInside}, so that nested wrappers of the same kind draw different random numbers.
 *
 * {@snippet class="snippets.RecurrentTest" region="Wrapper"}
 *
 * @param <S> the state of both
 */
public interface Wrapper<S extends State<S>> extends Cell<S> {

  /** Returns the inner cell. */
  Cell<S> cell();

  @Override
  default int inputSize() {
    return cell().inputSize();
  }

  @Override
  default int outputSize() {
    return cell().outputSize();
  }

  @Override
  default int noise() {
    return cell().noise();
  }

  @Override
  default S initialState(int batch, DType type) {
    return InnerCell.initialState(cell(), batch, type);
  }

  /**
   * Computes one step of the inner cell, which draws random numbers of its own.
   *
   * @param x {@code [B, I]}, where I is the input size of the inner cell
   * @param mode the mode of this cell
   */
  default Step<S> stepInside(Variable x, S state, Mode mode) {
    return InnerCell.step(cell(), x, state, mode.at("cell"));
  }

  @Override
  default void describe(Parts parts) {
    parts.layer("cell", cell());
  }
}
