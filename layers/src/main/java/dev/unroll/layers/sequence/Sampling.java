package dev.unroll.layers.sequence;

import java.util.Arrays;

/**
 * How a token is drawn from the probabilities of all.
 *
 * @param temperature logits are divided by it: 1 draws as the model predicts, less is more careful,
 *     0 always takes the most probable
 * @param topK only so many of the most probable can be drawn (Fan, Lewis &amp; Dauphin 2018,
 *     arXiv:1805.04833)
 */
public record Sampling(double temperature, int topK) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is outside
   */
  public Sampling {
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "[sampling] temperature must be finite and at least 0, not " + temperature);
    }
    if (topK < 1) {
      throw new IllegalArgumentException("[sampling] topK must be at least 1, not " + topK);
    }
  }

  /** Draws from all tokens. */
  public Sampling(double temperature) {
    this(temperature, Integer.MAX_VALUE);
  }

  /**
   * Draws a token.
   *
   * @param logits of all tokens; probabilities are {@code e^logit}, up to a factor
   * @param unit a random number, at least 0 and below 1: the same one draws the same token
   */
  public int draw(double[] logits, double unit) {
    int best = 0;
    for (int v = 1; v < logits.length; v++) {
      best = logits[v] > logits[best] ? v : best;
    }
    if (temperature == 0) {
      return best;
    }
    double least = Double.NEGATIVE_INFINITY;
    if (topK < logits.length) {
      double[] sorted = logits.clone();
      Arrays.sort(sorted);
      least = sorted[logits.length - topK];
    }
    double[] sums = new double[logits.length];
    double sum = 0;
    for (int v = 0; v < sums.length; v++) {
      sum += logits[v] < least ? 0 : Math.exp((logits[v] - logits[best]) / temperature);
      sums[v] = sum;
    }
    int token = 0;
    while (token < sums.length - 1 && sums[token] <= unit * sum) {
      token++;
    }
    return token;
  }
}
