package dev.unroll.examples.writing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether somebody always says the same. */
public final class Diversity {
  private Diversity() {}

  /**
   * Returns distinct-n: the share of runs of words that are not the same as another (Li, Galley,
   * Brockett, Gao &amp; Dolan 2016, doi:10.18653/v1/N16-1014); 0 if there are none.
   *
   * @param n words of a run
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
