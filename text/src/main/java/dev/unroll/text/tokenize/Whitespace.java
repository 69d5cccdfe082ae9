package dev.unroll.text.tokenize;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.unicode.WhiteSpace;
import java.util.List;
import java.util.function.Consumer;

/**
 * Splits text at white space as defined by Unicode. Joining inserts single spaces.
 *
 * {@snippet class="snippets.TokenizeTest" region="Whitespace"}
 */
public final class Whitespace implements Tokenizer {

  /** Creates a tokenizer. */
  public Whitespace() {}

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    int begin = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean space = i == text.length() || WhiteSpace.is(text.charAt(i));
      if (space && begin >= 0) {
        tokens.accept(new Token(text.substring(begin, i), begin, i));
        begin = -1;
      } else if (!space && begin < 0) {
        begin = i;
      }
    }
  }

  @Override
  public String join(List<String> tokens) {
    return String.join(" ", tokens);
  }

  @Override
  public String toString() {
    return "Whitespace";
  }
}
