package dev.unroll.text.tokenize;

import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import dev.unroll.text.Vocabulary;
import java.util.Objects;

/**
 * An encoder with a vocabulary.
 *
 * @param name of the tokenizer
 */
record VocabularyEncoder(String name, Tokenizer tokenizer, Vocabulary vocabulary)
    implements TextEncoder {
  private static final String FILE = "json:";

  static VocabularyEncoder of(String name, Vocabulary vocabulary) {
    Objects.requireNonNull(vocabulary, "vocabulary");
    if (Objects.requireNonNull(name, "tokenizer").startsWith(FILE)) {
      throw new IllegalArgumentException(
          "[encoder] expected a tokenizer that is not read from a file, got \""
              + name
              + "\"; TextEncoder.of(TokenizerJson.read(file)) includes it");
    }
    return new VocabularyEncoder(name, Tokenizers.named(name), vocabulary);
  }

  @Override
  public int size() {
    return vocabulary.size();
  }

  @Override
  public int[] encode(String text) {
    return vocabulary.encode(tokenizer, Objects.requireNonNull(text, "text"));
  }

  @Override
  public String decode(int... ids) {
    return vocabulary.decode(tokenizer, ids);
  }

  @Override
  public String text() {
    return EncoderJson.write(this);
  }

  @Override
  public String toString() {
    return "TextEncoder[" + name + ", " + size() + " tokens]";
  }
}
