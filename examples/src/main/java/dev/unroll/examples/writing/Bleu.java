package dev.unroll.examples.writing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Corpus BLEU (Papineni, Roukos, Ward &amp; Zhu 2002, doi:10.3115/1073083.1073135): the geometric
 * mean of the precisions of n-grams of one to four tokens, with a brevity penalty.
 */
public final class Bleu {
  private static final int LONGEST = 4;

  private Bleu() {}

  /** Returns the score, from 0 to 1. */
  public static double of(List<List<String>> written, List<List<String>> wanted) {
    double logarithms = 0;
    long length = 0;
    long should = 0;
    for (int n = 1; n <= LONGEST; n++) {
      long found = 0;
      long all = 0;
      for (int i = 0; i < written.size(); i++) {
        Map<List<String>, Integer> runs = runs(wanted.get(i), n);
        for (Map.Entry<List<String>, Integer> run : runs(written.get(i), n).entrySet()) {
          found += Math.min(run.getValue(), runs.getOrDefault(run.getKey(), 0));
          all += run.getValue();
        }
      }
      if (found == 0) {
        return 0;
      }
      logarithms += Math.log((double) found / all) / LONGEST;
    }
    for (int i = 0; i < written.size(); i++) {
      length += written.get(i).size();
      should += wanted.get(i).size();
    }
    return Math.exp(logarithms + Math.min(0, 1 - (double) should / length));
  }

  private static Map<List<String>, Integer> runs(List<String> tokens, int n) {
    Map<List<String>, Integer> runs = new HashMap<>();
    for (int i = 0; i + n <= tokens.size(); i++) {
      runs.merge(tokens.subList(i, i + n), 1, Integer::sum);
    }
    return runs;
  }
}
