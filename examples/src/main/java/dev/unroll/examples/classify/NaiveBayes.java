package dev.unroll.examples.classify;

import dev.unroll.data.Example;
import java.util.Arrays;
import java.util.List;

/**
 * Multinomial naive Bayes with add-one smoothing (McCallum &amp; Nigam 1998, "A comparison of event
 * models for naive Bayes text classification").
 */
final class NaiveBayes {
  private final double[][] logLikelihoods;
  private final double[] logPriors;

  /**
   * Trains a model.
   *
   * @param bags sets of ids below {@code vocabulary}, with their classes
   */
  NaiveBayes(List<Example> bags, int vocabulary, int classes) {
    double[][] counts = new double[classes][vocabulary];
    logPriors = new double[classes];
    for (double[] c : counts) {
      Arrays.fill(c, 1);
    }
    for (Example e : bags) {
      int of = (int) e.target().item();
      logPriors[of]++;
      for (int gram : e.input().toInts()) {
        counts[of][gram]++;
      }
    }
    for (int c = 0; c < classes; c++) {
      logPriors[c] = Math.log((logPriors[c] + 1) / (bags.size() + classes));
      double all = Math.log(Arrays.stream(counts[c]).sum());
      counts[c] = Arrays.stream(counts[c]).map(n -> Math.log(n) - all).toArray();
    }
    logLikelihoods = counts;
  }

  /** Returns the most probable class. */
  int classOf(Example bag) {
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < logPriors.length; c++) {
      double sum = logPriors[c];
      for (int gram : bag.input().toInts()) {
        sum += logLikelihoods[c][gram];
      }
      if (sum > highest) {
        highest = sum;
        best = c;
      }
    }
    return best;
  }
}
