package dev.unroll.layers.sequence.decoding;

/** Selection by logits: NaN is rejected, and positive infinity is certain. */
final class Logits {
  private Logits() {}

  /**
   * Returns the token of the largest logit, the first of equal ones.
   *
   * @param where the origin of the logits, for messages
   * @throws IllegalArgumentException if a logit is NaN, or none is above -Infinity
   */
  static int largest(String where, double... logits) {
    int best = 0;
    for (int v = 0; v < logits.length; v++) {
      if (Double.isNaN(logits[v])) {
        throw new IllegalArgumentException(
            where + " expected logits that are numbers, got NaN for token " + v);
      }
      best = logits[v] > logits[best] ? v : best;
    }
    if (logits.length == 0 || logits[best] == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          where + " expected a logit above -Infinity, got none of " + logits.length);
    }
    return best;
  }

  /**
   * Returns the probability of a logit as a multiple of that of the largest.
   *
   * @param temperature above 0
   */
  static double ratio(double logit, double largest, double temperature) {
    return logit == largest ? 1 : Math.exp((logit - largest) / temperature);
  }

  /** Returns the logarithms of the probabilities, the largest of which is infinite. */
  static double[] certain(double... logits) {
    double[] logProbabilities = new double[logits.length];
    int infinite = 0;
    for (double logit : logits) {
      infinite += logit == Double.POSITIVE_INFINITY ? 1 : 0;
    }
    for (int v = 0; v < logits.length; v++) {
      logProbabilities[v] =
          logits[v] == Double.POSITIVE_INFINITY ? -Math.log(infinite) : Double.NEGATIVE_INFINITY;
    }
    return logProbabilities;
  }
}
