package dev.unroll.examples.tag;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * A baseline of character pairs: predicts a space between two characters if most of their
 * occurrences had one.
 *
 * @param balance of each pair, the count with a space minus the count without
 */
record Pairs(Map<String, Integer> balance) implements BiPredicate<String, String> {

  static Pairs of(List<Spacing> sentences) {
    Map<String, Integer> balance = new HashMap<>();
    for (Spacing s : sentences) {
      for (int i = 0; i + 1 < s.characters().size(); i++) {
        String pair = s.characters().get(i) + s.characters().get(i + 1);
        balance.merge(pair, s.spaced().get(i) == 1 ? 1 : -1, Integer::sum);
      }
    }
    return new Pairs(balance);
  }

  @Override
  public boolean test(String before, String after) {
    return balance.getOrDefault(before + after, -1) > 0;
  }
}
