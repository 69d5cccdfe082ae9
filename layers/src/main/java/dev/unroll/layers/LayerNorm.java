package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import java.util.Objects;

/**
 * {@code y = gain (x - mean) / sqrt(variance + 1e-5) + bias} over the last axis: {@code [..., N] ->
 * [..., N]} (Ba, Kiros &amp; Hinton 2016, "Layer normalization", arXiv:1607.06450).
 *
 * {@snippet class="snippets.LayersTest" region="LayerNorm"}
 *
 * @param gain {@code [N]}
 * @param bias {@code [N]}
 */
public record LayerNorm(Parameter gain, Parameter bias) implements Deterministic {

  /** Checks for null. */
  public LayerNorm {
    Objects.requireNonNull(gain, "gain");
    Objects.requireNonNull(bias, "bias");
  }

  /** Returns a layer with a gain of one and a bias of zero. */
  public static LayerNorm of(int size, Init init) {
    Objects.requireNonNull(init, "init");
    return new LayerNorm(init.at("gain").full(1, size), init.at("bias").zeros(size));
  }

  @Override
  public Variable apply(Variable x) {
    // Centered twice, since a large mean is rounded the first time.
    return x.centered().normalized().mul(gain).add(bias);
  }

  @Override
  public void describe(Parts parts) {
    parts.parameter("gain", gain).parameter("bias", bias);
  }

  @Override
  public String toString() {
    return "LayerNorm" + gain.shape();
  }
}
