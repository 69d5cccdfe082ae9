package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import java.util.Objects;

/**
 * {@code y = gain x / sqrt(mean(x^2) + 1e-5)} over the last axis: {@code [..., N] -> [..., N]}
 * (Zhang &amp; Sennrich 2019, "Root mean square layer normalization", arXiv:1910.07467).
 *
 * {@snippet class="snippets.LayersTest" region="RmsNorm"}
 *
 * @param gain {@code [N]}
 */
public record RmsNorm(Parameter gain) implements Deterministic {

  /** Checks for null. */
  public RmsNorm {
    Objects.requireNonNull(gain, "gain");
  }

  /** Returns a layer with a gain of one. */
  public static RmsNorm of(int size, Init init) {
    Objects.requireNonNull(init, "init");
    return new RmsNorm(init.at("gain").full(1, size));
  }

  @Override
  public Variable apply(Variable x) {
    Shape column = x.shape().with(x.shape().rank() - 1, 1);
    Variable mean = x.mul(x).sumTo(column).div(x.shape().dim(-1)).add(1e-5);
    return x.div(mean.sqrt()).mul(gain);
  }

  @Override
  public void describe(Parts parts) {
    parts.parameter("gain", gain);
  }

  @Override
  public String toString() {
    return "RmsNorm" + gain.shape();
  }
}
