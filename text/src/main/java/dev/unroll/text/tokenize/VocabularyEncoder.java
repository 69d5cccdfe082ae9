package dev.unroll.text.tokenize;

import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import dev.unroll.text.Vocabulary;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * An encoder with a vocabulary.
 *
 * @param name of the tokenizer
 */
record VocabularyEncoder(String name, Tokenizer tokenizer, Vocabulary vocabulary)
    implements TextEncoder {
  private static final String NAME = "tokenizer";
  private static final String VOCABULARY = "vocabulary";
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

  static TextEncoder read(JsonNode root) {
    JsonNode name = root.path(NAME);
    JsonNode vocabulary = root.path(VOCABULARY);
    if (root.size() != 2 || !name.isString() || !vocabulary.isString()) {
      throw new IllegalArgumentException(
          "[encoder] expected \"tokenizer\" and \"vocabulary\", or \"subwords\", got "
              + (root.isObject() ? root.propertyNames() : root.getNodeType()));
    }
    return of(name.stringValue(), Vocabulary.parse(vocabulary.stringValue()));
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
    return JsonNodeFactory.instance
        .objectNode()
        .put(NAME, name)
        .put(VOCABULARY, vocabulary.text())
        .toString();
  }

  @Override
  public String toString() {
    return "TextEncoder[" + name + ", " + size() + " tokens]";
  }
}
