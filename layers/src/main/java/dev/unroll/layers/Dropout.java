package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import java.util.Objects;

/**
 * In training, a random share of the elements at zero, and the others scaled up by {@code 1 / (1 -
 * share)}, so that sums keep their size. In use nothing is dropped.
 *
 * <p>Srivastava, Hinton, Krizhevsky, Sutskever &amp; Salakhutdinov 2014, "Dropout: a simple way to
 * prevent neural networks from overfitting". Between the steps of a cell see {@link
 * dev.unroll.layers.recurrent.wrappers.VariationalDropout}.
 *
 * <p>What is dropped is a function of the mode's key: give each place of a model a mode of its own,
 * {@code dropout.apply(x, mode.at("input"))}.
 *
 * @param share at least 0 and below 1
 */
public record Dropout(double share) implements Block {

  /**
   * Checks the share.
   *
   * @throws IllegalArgumentException if it is outside
   */
  public Dropout {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "[dropout] share must be at least 0 and below 1, not " + share);
    }
  }

  @Override
  public Variable apply(Variable x, Mode mode) {
    Objects.requireNonNull(mode, "mode");
    if (share == 0 || !(mode instanceof Mode.Training training)) {
      return x;
    }
    Variable mask =
        Variable.of(training.key().fold("dropout").bernoulli(x.type(), x.shape(), 1 - share));
    return x.mul(mask).affine(1 / (1 - share), 0);
  }

  @Override
  public void describe(Parts parts) {}
}
