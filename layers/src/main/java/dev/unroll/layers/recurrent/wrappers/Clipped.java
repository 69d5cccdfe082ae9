package dev.unroll.layers.recurrent.wrappers;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Wrapper;
import java.util.Objects;

/**
 * A cell whose state is clamped to a range, so that a memory cannot grow without bound: the cell
 * clipping of Sak, Senior &amp; Beaufays 2014 (arXiv:1402.1128). The output of the cell is not
 * changed.
 *
 * {@snippet class="snippets.WrappersTest" region="Clipped"}
 *
 * @param cell the inner cell
 * @param limit above 0; from 1 on, the output of an LSTM is not affected
 */
public record Clipped<S extends State<S>>(Cell<S> cell, double limit) implements Wrapper<S> {

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  public Clipped {
    Objects.requireNonNull(cell, "cell");
    if (!(limit > 0)) {
      throw new IllegalArgumentException("[clipped] expected a limit above 0, got " + limit);
    }
  }

  @Override
  public Step<S> step(Variable x, S state, Mode mode) {
    Step<S> step = stepInside(x, state, mode);
    return new Step<>(step.output(), step.state().map(v -> v.clamp(-limit, limit)));
  }
}
