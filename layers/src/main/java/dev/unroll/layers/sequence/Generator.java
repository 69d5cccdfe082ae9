package dev.unroll.layers.sequence;

import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.sequence.decoding.Sampling;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;

/**
 * Continues texts with a language model, one token after the other, as they come: see {@link
 * Decoding} for many sequences at once that have an end.
 *
 * @param model that predicts
 * @param sampling how each token is drawn
 * @param key of the random numbers: the same one gives the same text
 */
public record Generator(LanguageModel model, Sampling sampling, RandomKey key) {

  /**
   * Returns what follows a text.
   *
   * @param prompt at least one token
   * @param length how many tokens to add
   * @return the added tokens alone
   * @throws IllegalArgumentException if the prompt is empty, the length negative, or the model
   *     outputs logits of which none can be drawn, such as NaN
   */
  public int[] generate(int[] prompt, int length) {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("[generator] the prompt must have at least one token");
    }
    if (length < 0) {
      throw new IllegalArgumentException("[generator] length must be at least 0, not " + length);
    }
    int[] added = new int[length];
    try (Session session = model.open(1)) {
      double[] logits = new double[session.outputShape().size()];
      for (int token : prompt) {
        read(session, token, logits);
      }
      for (int i = 0; i < length; i++) {
        added[i] = sampling.draw(logits, key.unit(i));
        if (i + 1 < length) {
          read(session, added[i], logits);
        }
      }
    }
    return added;
  }

  private void read(Session session, int token, double[] logits) {
    if (model.embedding().weight().type() == DType.FLOAT64) {
      session.step(new int[] {token}, logits);
    } else {
      float[] single = new float[logits.length];
      session.step(new int[] {token}, single);
      for (int i = 0; i < logits.length; i++) {
        logits[i] = single[i];
      }
    }
  }
}
