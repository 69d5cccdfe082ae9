package dev.unroll.examples;

import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import dev.unroll.training.Metric;
import java.util.Locale;

/** What a language model predicts, and how that is measured. */
enum Unit {
  CHARACTERS("characters"),
  WORDS("whitespace-lines");

  private final String tokenizer;

  Unit(String tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Returns the name of the tokenizer: see {@link Tokenizers}. */
  String tokenizerName() {
    return tokenizer;
  }

  Tokenizer tokenizer() {
    return Tokenizers.named(tokenizer);
  }

  Metric metric() {
    return this == WORDS ? Metric.perplexity() : Metric.bitsPerCharacter();
  }

  /** Returns the value of the metric for a mean of {@code -log2 p}. */
  double value(double bits) {
    return this == WORDS ? Math.pow(2, bits) : bits;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
