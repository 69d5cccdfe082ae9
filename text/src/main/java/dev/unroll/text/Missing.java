package dev.unroll.text;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The tokens of a text that a vocabulary lacks.
 *
 * {@snippet class="snippets.TextTest" region="Missing"}
 *
 * @param tokens the number of tokens of the text
 * @param unknown the number of those that are not in the vocabulary
 * @param counts the count of each unknown token
 */
public record Missing(long tokens, long unknown, Map<String, Long> counts) {

  /** Copies the map. */
  public Missing {
    Objects.requireNonNull(counts, "counts");
    counts = Map.copyOf(counts);
  }

  static Missing of(Vocabulary vocabulary, Tokenizer tokenizer, String text) {
    Map<String, Long> counts = new HashMap<>();
    long[] n = new long[2];
    tokenizer.tokenize(
        text,
        t -> {
          n[0]++;
          if (!vocabulary.contains(t.text())) {
            n[1]++;
            counts.merge(t.text(), 1L, Long::sum);
          }
        });
    return new Missing(n[0], n[1], counts);
  }

  /** Returns the fraction of tokens that are unknown; 0 for an empty text. */
  public double rate() {
    return tokens == 0 ? 0 : (double) unknown / tokens;
  }

  /** Returns up to {@code n} of the unknown tokens, the most frequent first. */
  public List<String> mostFrequent(int n) {
    return counts.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, Long> e) -> -e.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(n)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d of %,d tokens (%.2f%%) are unknown, %,d different ones: %s",
        unknown,
        tokens,
        100 * rate(),
        counts.size(),
        mostFrequent(10));
  }
}
