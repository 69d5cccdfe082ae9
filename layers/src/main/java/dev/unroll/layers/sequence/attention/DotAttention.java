package dev.unroll.layers.sequence.attention;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Parts;
import dev.unroll.tensor.Shape;

/**
 * {@code score = query . memory}, of equal size (Luong, Pham &amp; Manning 2015, arXiv:1508.04025,
 * equation 8, "dot").
 *
 * {@snippet class="snippets.AttentionTest" region="DotAttention"}
 */
public record DotAttention() implements Attention {
  @Override
  public Variable keys(Variable memory) {
    return memory;
  }

  @Override
  public Variable scores(Variable query, Variable keys) {
    return product(query, keys);
  }

  static Variable product(Variable query, Variable keys) {
    Shape column = query.shape().insert(2, 1);
    return keys.matmul(query.reshape(column)).reshape(keys.shape().without(2));
  }

  @Override
  public void describe(Parts parts) {}
}
