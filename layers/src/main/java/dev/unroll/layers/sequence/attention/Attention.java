package dev.unroll.layers.sequence.attention;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Layer;
import dev.unroll.tensor.Shape;

/**
 * An attention mechanism: scores each step of an encoder. {@link BahdanauCell} and {@link
 * LuongCell} apply it at each of their steps.
 *
 * {@snippet class="snippets.AttentionTest" region="Attention"}
 */
public interface Attention extends Layer {

  /**
   * Returns the keys, computed once for all steps of the decoder.
   *
   * @param memory {@code [B, S, M]}
   * @return {@code [B, S, A]}
   */
  Variable keys(Variable memory);

  /**
   * Returns the score of each step.
   *
   * @param query the state of the decoder, {@code [B, H]}
   * @param keys {@code [B, S, A]}
   * @return {@code [B, S]}
   */
  Variable scores(Variable query, Variable keys);

  /**
   * Returns {@code e^scores / sum e^scores} over the steps where a mask is 1, and 0 elsewhere;
   * zeros if all are masked.
   *
   * @param scores {@code [B, S]}
   * @param mask 0 or 1, {@code [B, S]}
   */
  static Variable softmax(Variable scores, Variable mask) {
    // Not minus infinity, which gives NaN if all steps are masked.
    Variable kept = scores.where(mask, Variable.scalar(scores.type(), -1e30));
    return kept.softmax().mul(mask);
  }

  /**
   * Returns the weighted mean of vectors, {@code [B, M]}.
   *
   * @param weights {@code [B, S]}
   * @param memory {@code [B, S, M]}
   */
  static Variable mean(Variable weights, Variable memory) {
    Shape row = weights.shape().insert(1, 1);
    return weights.reshape(row).matmul(memory).reshape(memory.shape().without(1));
  }
}
