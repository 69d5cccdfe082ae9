package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.DType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a cell that another one contains. The inner cell may be custom code: if a method returns
 * null, the exception names the cell and the method. A {@link Wrapper} has this built in.
 *
 * {@snippet class="snippets.RecurrentTest" region="InnerCell"}
 */
public final class InnerCell {
  private InnerCell() {}

  /**
   * Returns the initial state of a cell.
   *
   * @throws IllegalArgumentException if it is null, or if its {@link State#map} does not replace a
   *     variable
   */
  public static <S extends State<S>> S initialState(Cell<S> cell, int batch, DType type) {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(type, "type");
    S state = notNull(cell, "initialState", cell.initialState(batch, type));
    CheckedMap.of(state);
    return state;
  }

  /**
   * Computes one step of a cell.
   *
   * @throws IllegalArgumentException if it returns null
   */
  public static <S extends State<S>> Step<S> step(Cell<S> cell, Variable x, S state, Mode mode) {
    Objects.requireNonNull(cell, "cell");
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
