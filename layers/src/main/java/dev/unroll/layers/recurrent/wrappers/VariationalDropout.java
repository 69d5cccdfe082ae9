package dev.unroll.layers.recurrent.wrappers;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Wrapper;
import java.util.ArrayList;
import java.util.List;

/**
 * A cell that is trained with some of its inputs and of its state at zero, the same ones at every
 * step of a sequence; what is left is scaled up. In use nothing is dropped.
 *
 * <p>Gal &amp; Ghahramani 2016, "A theoretically grounded application of dropout in recurrent
 * neural networks", arXiv:1512.05287. The state is what the cell reads, and not what it carries:
 * only its first variable is dropped, the output of the step before.
 *
 * @param cell what is trained
 * @param input the rate at which inputs are dropped, at least 0 and below 1
 * @param recurrent the rate at which the state is dropped, at least 0 and below 1
 */
public record VariationalDropout<S extends State<S>>(Cell<S> cell, double input, double recurrent)
    implements Wrapper<S> {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is outside
   */
  public VariationalDropout {
    if (!(input >= 0 && input < 1 && recurrent >= 0 && recurrent < 1)) {
      throw new IllegalArgumentException(
          "[variationalDropout] rates must be at least 0 and below 1, not "
              + input
              + " and "
              + recurrent);
    }
  }

  @Override
  public Step<S> step(Variable x, S state, Mode mode) {
    Mode own = mode.at("variationalDropout");
    List<Variable> read = new ArrayList<>(state.variables());
    // The masks are functions of the key alone, so that each step has the same.
    read.set(0, new Dropout(recurrent).apply(read.getFirst(), own.at("state")));
    return stepInside(new Dropout(input).apply(x, own.at("input")), state.with(read), mode);
  }
}
