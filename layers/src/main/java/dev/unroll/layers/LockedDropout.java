package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Objects;

/**
 * Dropout of sequences {@code [B, T, ...]} with one mask per sequence: in training, the same
 * elements are zero at every step, and the others are scaled by {@code 1 / (1 - rate)}. In
 * evaluation nothing is dropped.
 *
 * <p>Merity, Keskar &amp; Socher 2018, "Regularizing and optimizing LSTM language models",
 * arXiv:1708.02182, section 4.2, after Gal &amp; Ghahramani 2016, arXiv:1512.05287. Within a cell
 * see {@link dev.unroll.layers.recurrent.wrappers.VariationalDropout}; with a mask per step see
 * {@link Dropout}.
 *
 * {@snippet class="snippets.LayersTest" region="LockedDropout"}
 *
 * @param rate at least 0 and below 1
 */
public record LockedDropout(double rate) implements Block {

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public LockedDropout {
    Dropout.check("lockedDropout", rate);
  }

  /**
   * Applies dropout.
   *
   * @throws IllegalArgumentException in training, if x has fewer than three axes
   */
  @Override
  public Variable apply(Variable x, Mode mode) {
    Objects.requireNonNull(mode, "mode");
    if (rate == 0 || !(mode instanceof Mode.Training)) {
      return x;
    }
    if (x.shape().rank() < 3) {
      throw new IllegalArgumentException(
          "[lockedDropout] expected sequences [B, T, ...], got " + x.shape());
    }
    int[] dims = x.shape().dims();
    dims[1] = 1;
    Variable ones = Variable.of(Tensor.full(x.type(), Shape.of(dims), 1));
    return x.mul(new Dropout(rate).apply(ones, mode));
  }

  @Override
  public void describe(Parts parts) {}
}
