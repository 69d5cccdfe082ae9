package dev.unroll.text.tokenize;

import dev.unroll.text.Hangul;
import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Splits Hangul syllables into positional jamo ({@code U+1100}), and other text as {@link
 * Characters} does: 67 tokens cover all of modern Korean, whether a text is in NFC or NFD. Each
 * jamo has the offsets of its syllable; marks on a jamo are a token. Joining restores the text with
 * composed syllables.
 *
 * {@snippet class="snippets.TokenizeTest" region="Jamo"}
 */
public final class Jamo implements Tokenizer {
  private final Characters characters = new Characters();

  /** Creates a tokenizer. */
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

  @Override
  public String toString() {
    return "Jamo";
  }
}
