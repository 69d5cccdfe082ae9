package dev.unroll.text.tokenize;

import dev.unroll.text.Tokenizers;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.io.StrictJson;
import tools.jackson.databind.JsonNode;

/**
 * Encodes texts as ids, and decodes ids: a tokenizer and the ids of its tokens. An encoder is part
 * of a model, and is saved with it as a text.
 *
 * {@snippet class="snippets.TokenizeTest" region="TextEncoder"}
 */
public sealed interface TextEncoder permits SubwordEncoder, VocabularyEncoder {

  /**
   * Returns an encoder with a vocabulary.
   *
   * @param tokenizer the name of a tokenizer: see {@link Tokenizers#named}
   * @throws IllegalArgumentException if the name is unknown, or that of a tokenizer that is read
   *     from a file, whose path would have no meaning elsewhere: see {@link #of(Subwords)}
   */
  static TextEncoder of(String tokenizer, Vocabulary vocabulary) {
    return VocabularyEncoder.of(tokenizer, vocabulary);
  }

  /**
   * Returns an encoder of a tokenizer that has ids itself.
   *
   * @throws IllegalArgumentException if it cannot be written as {@link TokenizerJson}
   */
  static TextEncoder of(Subwords tokenizer) {
    return new SubwordEncoder(tokenizer);
  }

  /**
   * Returns an encoder with the vocabulary of given texts; other tokens have the id of the unknown
   * one.
   *
   * @param tokenizer as for {@link #of(String, Vocabulary)}
   */
  static TextEncoder learn(String tokenizer, Iterable<String> texts) {
    Vocabulary of = Vocabulary.of(Vocabulary.count(Tokenizers.named(tokenizer), texts));
    return VocabularyEncoder.of(tokenizer, of);
  }

  /** Returns V, the number of ids. */
  int size();

  /** Returns the ids of a text. */
  int[] encode(String text);

  /**
   * Returns the text of ids, as close to the original as the tokens allow.
   *
   * @throws IndexOutOfBoundsException if an id is out of range
   */
  String decode(int... ids);

  /** Returns the encoder as a text in JSON, for {@link #parse}. */
  String text();

  /**
   * Returns the encoder of a text that {@link #text} returned.
   *
   * @throws IllegalArgumentException if it is malformed, or there is no such tokenizer
   */
  static TextEncoder parse(String text) {
    return StrictJson.parse(text, TextEncoder::read);
  }

  private static TextEncoder read(JsonNode root) {
    return root.has(SubwordEncoder.SUBWORDS)
        ? SubwordEncoder.read(root)
        : VocabularyEncoder.read(root);
  }
}
