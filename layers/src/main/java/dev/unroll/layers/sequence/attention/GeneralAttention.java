package dev.unroll.layers.sequence.attention;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Parts;
import java.util.Objects;

/**
 * {@code score = query . (memory W)} (Luong, Pham &amp; Manning 2015, arXiv:1508.04025, equation 8,
 * "general").
 *
 * {@snippet class="snippets.AttentionTest" region="GeneralAttention"}
 *
 * @param weight {@code [M, H]}
 */
public record GeneralAttention(Parameter weight) implements Attention {

  /** Checks for null. */
  public GeneralAttention {
    Objects.requireNonNull(weight, "weight");
  }

  /**
   * Returns a new layer.
   *
   * @param querySize H
   * @param memorySize M
   */
  public static GeneralAttention of(int querySize, int memorySize, Init init) {
    return new GeneralAttention(init.at("weight").glorot(memorySize, querySize, 1));
  }

  @Override
  public Variable keys(Variable memory) {
    return memory.matmul(weight);
  }

  @Override
  public Variable scores(Variable query, Variable keys) {
    return DotAttention.product(query, keys);
  }

  @Override
  public void describe(Parts parts) {
    parts.parameter("weight", weight);
  }
}
