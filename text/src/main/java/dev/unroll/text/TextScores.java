package dev.unroll.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Measures of generated texts, which are lists of tokens.
 *
 * {@snippet class="snippets.TextTest" region="TextScores"}
 */
public final class TextScores {
  private static final int LONGEST = 4;

  private TextScores() {}

  /**
   * Returns corpus BLEU with one reference per text (Papineni et al. 2002, <a
   * href="https://doi.org/10.3115/1073083.1073135">BLEU: a Method for Automatic Evaluation of
   * Machine Translation</a>): the geometric mean of the precisions of n-grams of one to four
   * tokens, with a brevity penalty and without smoothing. The result depends on the tokenizer.
   *
   * @param texts the tokens of each generated text
   * @param references the tokens of each correct text, as many
   * @return the score, from 0 to 1; 0 if no n-gram of some length is found
   * @throws IllegalArgumentException if the numbers of texts and references differ
   */
  public static double bleu(List<List<String>> texts, List<List<String>> references) {
    Objects.requireNonNull(texts, "texts");
    Objects.requireNonNull(references, "references");
    if (texts.size() != references.size()) {
      throw new IllegalArgumentException(
          "[bleu] expected as many references as texts, "
              + texts.size()
              + ", got "
              + references.size());
    }
    double logarithms = 0;
    for (int n = 1; n <= LONGEST; n++) {
      long found = 0;
      long all = 0;
      for (int i = 0; i < texts.size(); i++) {
        Map<List<String>, Integer> expected = ngrams(references.get(i), n);
        for (Map.Entry<List<String>, Integer> ngram : ngrams(texts.get(i), n).entrySet()) {
          found += Math.min(ngram.getValue(), expected.getOrDefault(ngram.getKey(), 0));
          all += ngram.getValue();
        }
      }
      if (found == 0) {
        return 0;
      }
      logarithms += Math.log((double) found / all) / LONGEST;
    }
    long length = texts.stream().mapToLong(List::size).sum();
    long expected = references.stream().mapToLong(List::size).sum();
    return Math.exp(logarithms + Math.min(0, 1 - (double) expected / length));
  }

  private static Map<List<String>, Integer> ngrams(List<String> tokens, int n) {
    Map<List<String>, Integer> ngrams = new HashMap<>();
    for (int i = 0; i + n <= tokens.size(); i++) {
      ngrams.merge(tokens.subList(i, i + n), 1, Integer::sum);
    }
    return ngrams;
  }

  /**
   * Returns distinct-n, a measure of diversity: the number of distinct n-grams over the number of
   * all (Li et al. 2016, <a href="https://doi.org/10.18653/v1/N16-1014">A Diversity-Promoting
   * Objective Function for Neural Conversation Models</a>).
   *
   * @param texts the tokens of each text
   * @param n the number of tokens of an n-gram, at least 1
   * @return the ratio, from 0 to 1; 0 if there are no n-grams
   */
  public static double distinct(List<List<String>> texts, int n) {
    Objects.requireNonNull(texts, "texts");
    if (n < 1) {
      throw new IllegalArgumentException("[distinct] expected n of at least 1, got " + n);
    }
    Set<List<String>> different = new HashSet<>();
    long all = 0;
    for (List<String> tokens : texts) {
      Map<List<String>, Integer> ngrams = ngrams(tokens, n);
      different.addAll(ngrams.keySet());
      all += Math.max(0, tokens.size() - n + 1);
    }
    return all == 0 ? 0 : (double) different.size() / all;
  }
}
