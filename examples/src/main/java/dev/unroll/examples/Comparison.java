package dev.unroll.examples;

import dev.unroll.data.TokenStream;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.training.Evaluation;
import dev.unroll.training.LanguageModeling;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Evaluates models on the held-out text. */
final class Comparison {
  private static final int LARGEST = 5;

  private Comparison() {}

  /** Returns a model and n-gram models that were trained on the same text as a table. */
  static String table(LanguageModel model, Corpus corpus, TrainOptions options) {
    NgramModel counts = new NgramModel(LARGEST, corpus.vocabulary().size(), corpus.training());
    Map<String, Double> all = new LinkedHashMap<>();
    all.put("unigram", options.unit.value(counts.bits(1, corpus.validation())));
    all.put("trigram", options.unit.value(counts.bits(3, corpus.validation())));
    all.put("5-gram", options.unit.value(counts.bits(LARGEST, corpus.validation())));
    TokenStream held = corpus.stream(corpus.validation(), options.batch, options.window);
    all.put("this model", Evaluation.of(new LanguageModeling(model), held, options.unit.metric()));
    StringBuilder table =
        new StringBuilder("on the text held out   " + options.unit.metric().name() + "\n");
    all.forEach((name, x) -> table.append(String.format(Locale.ROOT, "%-22s %.3f\n", name, x)));
    return table.toString();
  }
}
