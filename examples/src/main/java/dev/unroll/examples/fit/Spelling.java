package dev.unroll.examples.fit;

import java.util.Collection;
import java.util.Comparator;

/** Suggests the intended name for a misspelled one. */
public final class Spelling {
  private Spelling() {}

  /**
   * Returns a question that ends a message, such as {@code "; did you mean gru?"}.
   *
   * @return the empty string if no name is similar
   */
  public static String suggest(String given, Collection<String> names) {
    return names.stream()
        .filter(name -> distance(given, name) <= Math.max(1, name.length() / 3))
        .min(Comparator.comparingInt(name -> distance(given, name)))
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
  }

  /** Returns the edit distance, with transpositions of adjacent letters. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + other);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
