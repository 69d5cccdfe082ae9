package dev.unroll.layers.recurrent.wrappers;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Wrapper;
import java.util.Objects;

/**
 * A cell with a residual connection: {@code output = x + cell(x)}, for deep stacks (He et al. 2016,
 * arXiv:1512.03385; in recurrent stacks Wu et al. 2016, arXiv:1609.08144, equation 6).
 *
 * {@snippet class="snippets.WrappersTest" region="Residual"}
 *
 * @param cell the inner cell, whose inputs and outputs have the same size
 */
public record Residual<S extends State<S>>(Cell<S> cell) implements Wrapper<S> {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if they differ
   */
  public Residual {
    Objects.requireNonNull(cell, "cell");
    if (cell.inputSize() != cell.outputSize()) {
      throw new IllegalArgumentException(
          "[residual] expected a cell of equal input and output size, got "
              + cell.inputSize()
              + " and "
              + cell.outputSize());
    }
  }

  @Override
  public Step<S> step(Variable x, S state, Mode mode) {
    Step<S> step = stepInside(x, state, mode);
    return new Step<>(x.add(step.output()), step.state());
  }
}
