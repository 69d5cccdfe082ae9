package dev.unroll.text.tokenize;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.unicode.WhiteSpace;
import java.util.List;
import java.util.function.Consumer;

/**
 * Splits text at white space as defined by Unicode. Joining inserts single spaces.
 *
 * <p>{@link #withLineEnds} has a token for each end of a line in addition, as language models of
 * words need it: Penn Treebank's sentences are lines.
 *
 * {@snippet class="snippets.TokenizeTest" region="Whitespace"}
 */
public final class Whitespace implements Tokenizer {
  private static final String LINE_END = "\n";

  private final boolean lineEnds;

  /** Creates a tokenizer. */
  public Whitespace() {
    this(false);
  }

  private Whitespace(boolean lineEnds) {
    this.lineEnds = lineEnds;
  }

  /** Returns a tokenizer with a token {@code "\n"} for each end of a line, empty lines included. */
  public static Whitespace withLineEnds() {
    return new Whitespace(true);
  }

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
      if (lineEnds && i < text.length() && text.charAt(i) == '\n') {
        tokens.accept(new Token(LINE_END, i, i + 1));
      }
    }
  }

  @Override
  public String join(List<String> tokens) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      boolean adjacent = i == 0 || isLineEnd(tokens.get(i - 1)) || isLineEnd(tokens.get(i));
      text.append(adjacent ? "" : " ").append(tokens.get(i));
    }
    return text.toString();
  }

  private boolean isLineEnd(String token) {
    return lineEnds && token.equals(LINE_END);
  }

  @Override
  public String toString() {
    return lineEnds ? "Whitespace with line ends" : "Whitespace";
  }
}
