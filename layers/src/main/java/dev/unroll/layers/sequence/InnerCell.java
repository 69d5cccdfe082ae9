package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.tensor.DType;
import java.util.Objects;

/** Calls of the cell that a decoder is made of, which may be anyone's: null is named. */
final class InnerCell {
  private InnerCell() {}

  static <S extends State<S>> S initialState(Cell<S> cell, int batch, DType type) {
    return Objects.requireNonNull(
        cell.initialState(batch, type), () -> name(cell) + ".initialState");
  }

  static <S extends State<S>> Step<S> step(Cell<S> cell, Variable x, S state, Mode mode) {
    return Objects.requireNonNull(cell.step(x, state, mode), () -> name(cell) + ".step");
  }

  private static String name(Cell<?> cell) {
    return "the result of " + cell.getClass().getSimpleName();
  }
}
