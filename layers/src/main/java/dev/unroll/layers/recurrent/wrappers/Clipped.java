package dev.unroll.layers.recurrent.wrappers;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Wrapper;

/**
 * A cell whose state stays between two limits, so that a memory cannot grow without end: the cell
 * clip of Sak, Senior &amp; Beaufays 2014 (arXiv:1402.1128). What the cell has put out is not
 * changed.
 *
 * @param cell whose state it is
 * @param limit above 0; 1 and more leaves the output of an LSTM alone
 */
public record Clipped<S extends State<S>>(Cell<S> cell, double limit) implements Wrapper<S> {

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  public Clipped {
    if (!(limit > 0)) {
      throw new IllegalArgumentException("[clipped] limit must be above 0, not " + limit);
    }
  }

  @Override
  public Step<S> step(Variable x, S state, Mode mode) {
    Step<S> step = stepInside(x, state, mode);
    return new Step<>(step.output(), step.state().map(v -> v.clamp(-limit, limit)));
  }
}
