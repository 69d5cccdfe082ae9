package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.DType;
import org.jspecify.annotations.Nullable;

/** Calls of a cell, which may be anyone's: what must not be null is named. */
final class Checked {
  private Checked() {}

  static <S extends State<S>> S initialState(Cell<S> cell, int batch, DType type) {
    return notNull(cell, "initialState", cell.initialState(batch, type));
  }

  static <S extends State<S>> Step<S> step(Cell<S> cell, Variable x, S state, Mode mode) {
    return notNull(cell, "step", cell.step(x, state, mode));
  }

  private static <R> R notNull(Cell<?> cell, String method, @Nullable R returned) {
    if (returned == null) {
      throw new IllegalArgumentException(
          "[cell] expected a result of "
              + cell.getClass().getSimpleName()
              + "."
              + method
              + ", got null");
    }
    return returned;
  }
}
