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
import java.util.Objects;

/**
 * A cell with dropout of its inputs and state in training, with the same mask at every step of a
 * sequence; the remaining elements are scaled up. In evaluation nothing is dropped.
 *
 * <p>Gal &amp; Ghahramani 2016, "A theoretically grounded application of dropout in recurrent
 * neural networks", arXiv:1512.05287. Dropout applies to the state that the cell reads, not to the
 * one that it carries, and only to its first variable, the previous output.
 *
 * {@snippet class="snippets.WrappersTest" region="VariationalDropout"}
 *
 * @param cell the inner cell
 * @param input the dropout rate of inputs, at least 0 and below 1
 * @param recurrent the dropout rate of the state, at least 0 and below 1
 */
public record VariationalDropout<S extends State<S>>(Cell<S> cell, double input, double recurrent)
    implements Wrapper<S> {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a rate is out of range
   */
  public VariationalDropout {
    Objects.requireNonNull(cell, "cell");
    if (!(input >= 0 && input < 1 && recurrent >= 0 && recurrent < 1)) {
      throw new IllegalArgumentException(
          "[variationalDropout] expected rates of at least 0 and below 1, got "
              + input
              + " and "
              + recurrent);
    }
  }

  @Override
  public Step<S> step(Variable x, S state, Mode mode) {
    Mode own = mode.at("variationalDropout");
    List<Variable> read = new ArrayList<>(state.variables());
    // The masks are functions of the key only, and therefore the same at each step.
    read.set(0, new Dropout(recurrent).apply(read.getFirst(), own.at("state")));
    return stepInside(new Dropout(input).apply(x, own.at("input")), state.with(read), mode);
  }
}
