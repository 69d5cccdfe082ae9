package dev.unroll.layers.recurrent;

import dev.unroll.layers.Parts;
import dev.unroll.tensor.DType;

/**
 * A cell around another one: what it does not change is that of the cell inside. A wrapper writes
 * {@link #step} and what else differs.
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
    return cell().initialState(batch, type);
  }

  @Override
  default void describe(Parts parts) {
    parts.layer("cell", cell());
  }
}
