package dev.unroll.text.tokenize;

import dev.unroll.text.Hangul;
import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes the jamo of Hangul syllables as tokens, which say where in the syllable they stand ({@code
 * U+1100}), and other characters as {@link Characters} does: 67 tokens write all of modern Korean,
 * whether a text has its syllables whole (NFC) or as jamo (NFD). Each jamo has the offsets of its
 * syllable; marks on one are a token. Joining gives back the text, its jamo put together.
 */
public final class Jamo implements Tokenizer {
  private final Characters characters = new Characters();

  /** Returns the tokenizer. */
  public Jamo() {}

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    characters.tokenize(text, t -> cut(t, tokens));
  }

  private static void cut(Token t, Consumer<Token> tokens) {
    String jamo = Hangul.jamo(t.text());
    int n = 0;
    while (n < jamo.length() && Hangul.isJamo(jamo.charAt(n))) {
      tokens.accept(new Token(jamo.substring(n, n + 1), t.start(), t.end()));
      n++;
    }
    if (n < jamo.length()) {
      tokens.accept(n == 0 ? t : new Token(jamo.substring(n), t.start(), t.end()));
    }
  }

  @Override
  public String join(List<String> tokens) {
    return Hangul.syllables(String.join("", tokens));
  }
}
