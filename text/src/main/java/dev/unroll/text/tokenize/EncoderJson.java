package dev.unroll.text.tokenize;

import dev.unroll.text.Vocabulary;
import dev.unroll.text.io.StrictJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Encoders as JSON: the name of a tokenizer and a vocabulary, or a {@code tokenizer.json}. */
final class EncoderJson {
  private static final String NAME = "tokenizer";
  private static final String VOCABULARY = "vocabulary";
  private static final String SUBWORDS = "subwords";

  private EncoderJson() {}

  static String write(TextEncoder encoder) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    switch (encoder) {
      case VocabularyEncoder v -> root.put(NAME, v.name()).put(VOCABULARY, v.vocabulary().text());
      case SubwordEncoder s -> root.set(SUBWORDS, JsonWriter.of(s.tokenizer()));
    }
    return root.toString();
  }

  static TextEncoder read(String text) {
    return StrictJson.parse(text, EncoderJson::read);
  }

  private static TextEncoder read(JsonNode root) {
    JsonNode subwords = root.path(SUBWORDS);
    if (root.size() == 1 && subwords.isObject()) {
      return subwords(subwords);
    }
    JsonNode name = root.path(NAME);
    JsonNode vocabulary = root.path(VOCABULARY);
    if (root.size() != 2 || !name.isString() || !vocabulary.isString()) {
      throw new IllegalArgumentException(
          "[encoder] expected \"tokenizer\" and \"vocabulary\", or \"subwords\", got "
              + (root.isObject() ? root.propertyNames() : root.getNodeType()));
    }
    return VocabularyEncoder.of(name.stringValue(), Vocabulary.parse(vocabulary.stringValue()));
  }

  private static TextEncoder subwords(JsonNode node) {
    try {
      return new SubwordEncoder(JsonReader.read(node));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("[encoder] subwords: " + e.getMessage(), e);
    }
  }
}
