package dev.unroll.examples.writing;

import dev.unroll.layers.sequence.decoding.Decoding;
import dev.unroll.text.Special;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import java.util.Arrays;
import java.util.List;

/**
 * Converts texts to ids and back, with an end token, for decoders.
 *
 * @param tokenizer splits and joins texts
 * @param vocabulary with begin, end and unknown tokens
 */
public record TokenIds(Tokenizer tokenizer, Vocabulary vocabulary) {

  /** Returns the ids of the tokens that occur in texts. */
  public static TokenIds of(Tokenizer tokenizer, List<String> texts) {
    return new TokenIds(
        tokenizer,
        Vocabulary.of(
            Vocabulary.count(tokenizer, texts), Special.BEGIN, Special.END, Special.UNKNOWN));
  }

  /** Returns the number of ids. */
  public int size() {
    return vocabulary.size();
  }

  /** Returns the id of the begin token. */
  public int begin() {
    return vocabulary.id(Special.BEGIN);
  }

  /** Returns the id of the end token. */
  public int end() {
    return vocabulary.id(Special.END);
  }

  /** Returns the ids of an input text. */
  public int[] read(String text) {
    return vocabulary.encode(tokenizer, text);
  }

  /** Returns the ids of a target text, followed by the end token. */
  public int[] written(String text) {
    int[] ids = read(text);
    int[] all = Arrays.copyOf(ids, ids.length + 1);
    all[ids.length] = end();
    return all;
  }

  /** Returns a decoding of texts up to a length in tokens. */
  public Decoding decoding(int longest) {
    return new Decoding(begin(), end(), longest + 1);
  }

  /** Returns the text of ids. */
  public String text(List<Integer> ids) {
    return vocabulary.decode(tokenizer, ids.stream().mapToInt(c -> c).toArray());
  }
}
