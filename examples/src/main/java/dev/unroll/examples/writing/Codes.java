package dev.unroll.examples.writing;

import dev.unroll.layers.sequence.decoding.Decoding;
import dev.unroll.text.Special;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import java.util.Arrays;
import java.util.List;

/**
 * Texts as codes that a decoder writes: one for each token, and one for the end.
 *
 * @param tokenizer cuts texts, and joins tokens
 * @param vocabulary has a begin, an end and one for what is not known
 */
public record Codes(Tokenizer tokenizer, Vocabulary vocabulary) {

  /** Returns the codes of the tokens that come in texts. */
  public static Codes of(Tokenizer tokenizer, List<String> texts) {
    return new Codes(
        tokenizer,
        Vocabulary.of(
            Vocabulary.count(tokenizer, texts), Special.BEGIN, Special.END, Special.UNKNOWN));
  }

  /** Returns the number of codes. */
  public int size() {
    return vocabulary.size();
  }

  /** Returns the code that stands before the first token. */
  public int begin() {
    return vocabulary.id(Special.BEGIN);
  }

  /** Returns the code that stands behind the last token. */
  public int end() {
    return vocabulary.id(Special.END);
  }

  /** Returns the codes of a text that is read. */
  public int[] read(String text) {
    return vocabulary.encode(tokenizer, text);
  }

  /** Returns the codes of a text that is to be written, the end behind it. */
  public int[] written(String text) {
    int[] codes = read(text);
    int[] all = Arrays.copyOf(codes, codes.length + 1);
    all[codes.length] = end();
    return all;
  }

  /** Returns how texts of a longest length, in tokens, are found. */
  public Decoding decoding(int longest) {
    return new Decoding(begin(), end(), longest + 1);
  }

  /** Returns what codes say. */
  public String text(List<Integer> codes) {
    return vocabulary.decode(tokenizer, codes.stream().mapToInt(c -> c).toArray());
  }
}
