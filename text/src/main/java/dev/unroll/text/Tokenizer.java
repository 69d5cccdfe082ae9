package dev.unroll.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Splits text into tokens, and joins tokens into text.
 *
 * {@snippet class="snippets.TextTest" region="Tokenizer"}
 */
public interface Tokenizer {

  /** Passes the tokens of a text to a consumer, from left to right. */
  void tokenize(String text, Consumer<Token> tokens);

  /** Returns the tokens of a text. */
  default List<String> tokenize(String text) {
    List<String> all = new ArrayList<>();
    tokenize(text, t -> all.add(t.text()));
    return all;
  }

  /** Joins tokens into text, as close to the original as the tokens allow. */
  String join(List<String> tokens);
}
