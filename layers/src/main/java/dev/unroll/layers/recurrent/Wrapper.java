package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.tensor.DType;

/**
 * A cell around another one: what it does not change is that of the cell inside. A wrapper writes
 * {@link #step} and what else differs. It steps the cell inside by {@link #stepInside}, so that a
 * wrapper inside draws other random numbers than one of the same kind outside.
 *
 * @param <S> the state of both
 */
public interface Wrapper<S extends State<S>> extends Cell<S> {

  /** Returns the cell inside. */
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
   * Takes one step of the cell inside, which draws random numbers of its own.
   *
   * @param x {@code [B, I]}, I the input size of the cell inside
   * @param mode that of this cell
   */
  default Step<S> stepInside(Variable x, S state, Mode mode) {
    return InnerCell.step(cell(), x, state, mode.at("cell"));
  }

  @Override
  default void describe(Parts parts) {
    parts.layer("cell", cell());
  }
}
