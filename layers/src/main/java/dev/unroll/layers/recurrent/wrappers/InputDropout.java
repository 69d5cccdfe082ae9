package dev.unroll.layers.recurrent.wrappers;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Wrapper;
import java.util.Objects;

/**
 * A cell with dropout of its inputs in training, sampled independently at each step; the remaining
 * inputs are scaled up. In a stack it is dropout between layers, which does not affect the
 * recurrent connections (Zaremba, Sutskever &amp; Vinyals 2014, "Recurrent neural network
 * regularization", arXiv:1409.2329). {@link VariationalDropout} drops the same inputs at every
 * step.
 *
 * {@snippet class="snippets.WrappersTest" region="InputDropout"}
 *
 * @param cell the inner cell
 * @param rate the probability of dropping an input, at least 0 and below 1
 */
public record InputDropout<S extends State<S>>(Cell<S> cell, double rate) implements Wrapper<S> {

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the rate is out of range
   */
  public InputDropout {
    Objects.requireNonNull(cell, "cell");
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "[inputDropout] expected a rate of at least 0 and below 1, got " + rate);
    }
  }

  @Override
  public int noise() {
    return cell.noise() + inputSize();
  }

  @Override
  public Step<S> step(Variable x, S state, Mode mode) {
    if (!(mode instanceof Mode.Training training)) {
      return stepInside(x, state, mode);
    }
    Variable coin = training.noise(cell.noise(), noise());
    Variable kept = coin.greater(Variable.scalar(x.type(), rate));
    return stepInside(x.mul(kept).mul(1 / (1 - rate)), state, mode);
  }
}
