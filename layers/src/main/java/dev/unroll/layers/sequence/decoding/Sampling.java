package dev.unroll.layers.sequence.decoding;

import java.util.Arrays;

/**
 * Samples tokens from logits.
 *
 * {@snippet class="snippets.DecodingTest" region="Sampling"}
 *
 * @param temperature the divisor of logits: 1 samples as the model predicts, lower values are more
 *     conservative, 0 always takes the most probable
 * @param topK the number of most probable tokens to sample from, the first among equal ones (Fan,
 *     Lewis &amp; Dauphin 2018, arXiv:1805.04833)
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
          "[sampling] expected a finite temperature of at least 0, got " + temperature);
    }
    if (topK < 1) {
      throw new IllegalArgumentException("[sampling] expected a topK of at least 1, got " + topK);
    }
  }

  /** Creates a sampling from all tokens. */
  public Sampling(double temperature) {
    this(temperature, Integer.MAX_VALUE);
  }

  /**
   * Samples a token.
   *
   * @param logits the logits of all tokens; probabilities are proportional to {@code e^logit}. If
   *     some are infinite, one of these is sampled
   * @param unit a random number, at least 0 and below 1, which determines the token
   * @throws IllegalArgumentException if a logit is NaN, none is above -Infinity, or the number is
   *     out of range
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
    int equal =
        logits.length; // The number of tokens equal to the least that can be sampled: the first of
    // them.
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
