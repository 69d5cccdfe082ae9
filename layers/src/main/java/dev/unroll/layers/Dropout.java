package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import java.util.Objects;

/**
 * In training, sets each element to zero with probability {@code rate} and scales up the others by
 * {@code 1 / (1 - rate)}, so that sums keep their size. In use nothing is dropped.
 *
 * <p>Srivastava, Hinton, Krizhevsky, Sutskever &amp; Salakhutdinov 2014, "Dropout: a simple way to
 * prevent neural networks from overfitting". Between the steps of a cell see {@link
 * dev.unroll.layers.recurrent.wrappers.VariationalDropout}.
 *
 * <p>What is dropped is a function of the mode's key: give each place of a model a mode of its own,
 * {@code dropout.apply(x, mode.at("input"))}.
 *
 * @param rate at least 0 and below 1
 */
public record Dropout(double rate) implements Block {

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if it is outside
   */
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "[dropout] rate must be at least 0 and below 1, not " + rate);
    }
  }

  @Override
  public Variable apply(Variable x, Mode mode) {
    Objects.requireNonNull(mode, "mode");
    if (rate == 0 || !(mode instanceof Mode.Training training)) {
      return x;
    }
    Variable mask =
        Variable.of(training.key().fold("dropout").bernoulli(x.type(), x.shape(), 1 - rate));
    return x.mul(mask).affine(1 / (1 - rate), 0);
  }

  @Override
  public void describe(Parts parts) {}
}
