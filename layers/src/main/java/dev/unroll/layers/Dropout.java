package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import java.util.Objects;

/**
 * In training, sets each element to zero with probability {@code rate} and scales the others by
 * {@code 1 / (1 - rate)}, which preserves expected values. In evaluation nothing is dropped.
 *
 * <p>Srivastava, Hinton, Krizhevsky, Sutskever &amp; Salakhutdinov 2014, "Dropout: a simple way to
 * prevent neural networks from overfitting". Between the steps of a cell see {@link
 * dev.unroll.layers.recurrent.wrappers.VariationalDropout}.
 *
 * <p>The dropped elements are a function of the mode's key: use a separate mode for each site of a
 * model, {@code dropout.apply(x, mode.at("input"))}.
 *
 * {@snippet class="snippets.LayersTest" region="Dropout"}
 *
 * @param rate at least 0 and below 1
 */
public record Dropout(double rate) implements Block {

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Dropout {
    check("dropout", rate);
  }

  /** Checks a rate; the error names the layer. */
  static void check(String layer, double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "[" + layer + "] expected a rate of at least 0 and below 1, got " + rate);
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
    return x.mul(mask).mul(1 / (1 - rate));
  }

  @Override
  public void describe(Parts parts) {}
}
