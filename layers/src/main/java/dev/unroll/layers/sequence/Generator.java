package dev.unroll.layers.sequence;

import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.sequence.decoding.Sampling;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import java.util.Objects;

/**
 * Continues texts with a language model, token by token; for batches of sequences that end, see
 * {@link dev.unroll.layers.sequence.decoding.Decoding}.
 *
 * {@snippet class="snippets.SequenceTest" region="Generator"}
 *
 * @param model the language model
 * @param sampling how tokens are sampled
 * @param key the key of the random numbers: the same key gives the same text
 */
public record Generator(LanguageModel model, Sampling sampling, RandomKey key) {

  /** Checks for null. */
  public Generator {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(sampling, "sampling");
    Objects.requireNonNull(key, "key");
  }

  /**
   * Returns a continuation of a text.
   *
   * @param prompt at least one token
   * @param length the number of tokens to add
   * @return only the added tokens
   * @throws IllegalArgumentException if the prompt is empty, the length negative, or the model
   *     outputs logits that cannot be sampled, such as NaN
   */
  public int[] generate(int[] prompt, int length) {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("[generator] expected a prompt of at least one token");
    }
    if (length < 0) {
      throw new IllegalArgumentException(
          "[generator] expected a length of at least 0, got " + length);
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
    if (model.type() == DType.FLOAT64) {
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
