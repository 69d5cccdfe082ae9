package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Session;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Ranking;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;

/**
 * Continues texts with a language model, one token after the other. Each is drawn with the
 * probability that the model gives it: {@code softmax(logits / temperature)}.
 *
 * @param model that predicts
 * @param temperature 1 draws as the model predicts, less is more careful, 0 always takes the most
 *     probable
 * @param key of the random numbers: the same one gives the same text
 */
public record Generator(LanguageModel model, double temperature, RandomKey key) {

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Generator {
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "[generator] temperature must be finite and at least 0, not " + temperature);
    }
  }

  /**
   * Returns what follows a text.
   *
   * @param prompt at least one token
   * @param length how many tokens to add
   * @return the added tokens alone
   */
  public int[] generate(int[] prompt, int length) {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("[generator] the prompt must have at least one token");
    }
    int[] added = new int[length];
    double[] logits = new double[model.head().weight().shape().dim(1)];
    try (Session session = model.open(1)) {
      for (int i = 0; i < prompt.length; i++) {
        read(session, prompt[i], logits);
      }
      for (int i = 0; i < length; i++) {
        added[i] = draw(Tensor.of(Shape.of(logits.length), logits), i);
        if (i + 1 < length) {
          read(session, added[i], logits);
        }
      }
    }
    return added;
  }

  private void read(Session session, int token, double[] logits) {
    if (model.head().weight().type() == DType.FLOAT64) {
      session.step(new int[] {token}, logits);
    } else {
      float[] single = new float[logits.length];
      session.step(new int[] {token}, single);
      for (int i = 0; i < logits.length; i++) {
        logits[i] = single[i];
      }
    }
  }

  /** Draws one token, the {@code i}th. */
  private int draw(Tensor logits, int i) {
    if (temperature == 0) {
      return (int) Ranking.argMax(logits, -1).item();
    }
    Tensor scaled = logits.mul(Tensor.scalar(DType.FLOAT64, 1 / temperature));
    double[] sums = Softmax.softmax(scaled).toDoubles();
    for (int k = 1; k < sums.length; k++) {
      sums[k] += sums[k - 1];
    }
    double u = key.unit(i) * sums[sums.length - 1];
    int token = 0;
    while (sums[token] <= u) {
      token++;
    }
    return token;
  }
}
