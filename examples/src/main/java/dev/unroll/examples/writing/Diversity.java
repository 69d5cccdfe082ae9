package dev.unroll.examples.writing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Measures the diversity of texts. */
public final class Diversity {
  private Diversity() {}

  /**
   * Returns distinct-n: the number of distinct n-grams of words over the number of all (Li, Galley,
   * Brockett, Gao &amp; Dolan 2016, doi:10.18653/v1/N16-1014); 0 if there are none.
   *
   * @param n the number of words of an n-gram
   */
  public static double distinct(List<String> texts, int n) {
    Set<List<String>> different = new HashSet<>();
    int all = 0;
    for (String text : texts) {
      List<String> words = List.of(text.split(" ", -1));
      for (int i = 0; i + n <= words.size(); i++) {
        different.add(words.subList(i, i + n));
        all++;
      }
    }
    return all == 0 ? 0 : (double) different.size() / all;
  }
}
