package dev.unroll.examples.fit;

import dev.unroll.text.Special;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import java.util.Arrays;
import java.util.List;

/**
 * Converts texts to ids and back, for models that read or write texts.
 *
 * @param tokenizer splits and joins texts
 * @param vocabulary with begin and end tokens
 */
public record TokenIds(Tokenizer tokenizer, Vocabulary vocabulary) {

  /** Returns the ids of the tokens of texts, with begin, end and unknown tokens. */
  public static TokenIds of(Tokenizer tokenizer, Iterable<String> texts) {
    return new TokenIds(
        tokenizer,
        Vocabulary.of(
            Vocabulary.count(tokenizer, texts), Special.BEGIN, Special.END, Special.UNKNOWN));
  }

  /** Returns V, the number of ids. */
  public int size() {
    return vocabulary.size();
  }

  /** Returns the id of the begin token, which a decoder reads first. */
  public int begin() {
    return vocabulary.id(Special.BEGIN);
  }

  /** Returns the id of the end token. */
  public int end() {
    return vocabulary.id(Special.END);
  }

  /** Returns the ids of a text that a model reads. */
  public int[] encode(String text) {
    return vocabulary.encode(tokenizer, text);
  }

  /** Returns the ids of a text that a decoder writes, followed by the end token. */
  public int[] encodeTarget(String text) {
    int[] ids = encode(text);
    int[] all = Arrays.copyOf(ids, ids.length + 1);
    all[ids.length] = end();
    return all;
  }

  /** Returns the text of ids, without begin and end. */
  public String decode(List<Integer> ids) {
    return vocabulary.decode(tokenizer, ids.stream().mapToInt(id -> id).toArray());
  }
}
