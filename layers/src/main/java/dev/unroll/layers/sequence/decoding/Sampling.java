package dev.unroll.layers.sequence.decoding;

import java.util.Arrays;

/**
 * How a token is drawn from the probabilities of all.
 *
 * @param temperature logits are divided by it: 1 draws as the model predicts, less is more careful,
 *     0 always takes the most probable
 * @param topK the number of most probable tokens to draw from, of equal ones the first (Fan, Lewis
 *     &amp; Dauphin 2018, arXiv:1805.04833)
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
   * @param logits of all tokens; probabilities are {@code e^logit}, up to a factor. Where some are
   *     infinite, one of these is drawn
   * @param unit a random number, at least 0 and below 1: the same one draws the same token
   * @throws IllegalArgumentException if a logit is NaN, none is above -Infinity, or the number is
   *     outside
   */
  public int draw(double[] logits, double unit) {
    if (!(unit >= 0 && unit < 1)) {
      throw new IllegalArgumentException(
          "[sampling] expected a random number from 0 to 1, got " + unit);
    }
    int best = Logits.largest("[sampling]", logits);
    if (temperature == 0) {
      return best;
    }
    double least = Double.NEGATIVE_INFINITY;
    int equal = logits.length; // How many that equal the least can be drawn: the first of them.
    if (topK < logits.length) {
      double[] sorted = logits.clone();
      Arrays.sort(sorted);
      double last = sorted[logits.length - topK];
      least = last;
      equal = topK - (int) Arrays.stream(logits).filter(l -> l > last).count();
    }
    double[] sums = new double[logits.length];
    double sum = 0;
    for (int v = 0; v < sums.length; v++) {
      boolean kept = logits[v] > least || (logits[v] == least && equal-- > 0);
      sum += kept ? Logits.ratio(logits[v], logits[best], temperature) : 0;
      sums[v] = sum;
    }
    int token = 0;
    while (token < sums.length - 1 && sums[token] <= unit * sum) {
      token++;
    }
    return token;
  }
}
