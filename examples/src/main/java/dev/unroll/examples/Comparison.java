package dev.unroll.examples;

import dev.unroll.data.TokenStream;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.training.Evaluation;
import dev.unroll.training.LanguageModeling;
import dev.unroll.training.Metric;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Evaluates models on the held-out text, in bits per character. */
final class Comparison {
  private static final int LARGEST = 5;

  private Comparison() {}

  /** Returns the results of n-gram models trained on the same text. */
  static Map<String, Double> baselines(Corpus corpus) {
    NgramModel counts = new NgramModel(LARGEST, corpus.vocabulary().size(), corpus.training());
    Map<String, Double> bits = new LinkedHashMap<>();
    bits.put("unigram", counts.bits(1, corpus.validation()));
    bits.put("trigram", counts.bits(3, corpus.validation()));
    bits.put("5-gram", counts.bits(LARGEST, corpus.validation()));
    return bits;
  }

  /** Returns the result of a recurrent model. */
  static double bits(LanguageModel model, Corpus corpus, int batch, int window) {
    int n = corpus.validation().length - 1;
    int width = Math.min(window, n);
    int rows = Math.min(batch, n / width);
    TokenStream held = new TokenStream(corpus.validation(), rows, width);
    return Evaluation.of(new LanguageModeling(model), held, Metric.bitsPerCharacter());
  }

  /** Returns the results as a table. */
  static String table(Map<String, Double> bits) {
    StringBuilder table = new StringBuilder("on the text held out   bits per character\n");
    bits.forEach((name, b) -> table.append(String.format(Locale.ROOT, "%-22s %.3f%n", name, b)));
    return table.toString();
  }
}
