package dev.unroll.text.tokenize;

import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An encoder with the ids of a tokenizer of subwords. */
record SubwordEncoder(Subwords tokenizer) implements TextEncoder {
  static final String SUBWORDS = "subwords";

  SubwordEncoder {
    Objects.requireNonNull(tokenizer, "tokenizer");
    TokenizerJson.text(tokenizer); // It must be possible to write it.
  }

  static TextEncoder read(JsonNode root) {
    JsonNode subwords = root.path(SUBWORDS);
    if (root.size() != 1 || !subwords.isObject()) {
      throw new IllegalArgumentException(
          "[encoder] expected \"subwords\" alone, got " + root.propertyNames());
    }
    try {
      return new SubwordEncoder(JsonReader.read(subwords));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("[encoder] subwords: " + e.getMessage(), e);
    }
  }

  @Override
  public int size() {
    return tokenizer.tokens().size();
  }

  @Override
  public int[] encode(String text) {
    return tokenizer.encode(Objects.requireNonNull(text, "text"));
  }

  @Override
  public String decode(int... ids) {
    return tokenizer.decode(ids);
  }

  @Override
  public String text() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    return root.set(SUBWORDS, JsonWriter.of(tokenizer)).toString();
  }

  @Override
  public String toString() {
    return "TextEncoder[" + tokenizer + "]";
  }
}
