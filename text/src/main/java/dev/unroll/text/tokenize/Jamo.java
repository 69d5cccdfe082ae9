package dev.unroll.text.tokenize;

import dev.unroll.text.Hangul;
import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes the jamo of Hangul syllables as tokens, which say where in the syllable they stand ({@code
 * U+1100}), and other characters as {@link Characters} does: 67 tokens write all of Korean. Each
 * jamo has the offsets of its syllable. Joining gives back the text, its jamo put together.
 */
public final class Jamo implements Tokenizer {
  private final Characters characters = new Characters();

  /** Returns the tokenizer. */
  public Jamo() {}

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    characters.tokenize(
        text,
        t -> {
          boolean syllable = t.end() - t.start() == 1 && Hangul.isSyllable(t.text().charAt(0));
          if (!syllable) {
            tokens.accept(t);
            return;
          }
          Hangul.jamo(t.text())
              .chars()
              .forEach(j -> tokens.accept(new Token(Character.toString(j), t.start(), t.end())));
        });
  }

  @Override
  public String join(List<String> tokens) {
    return Hangul.syllables(String.join("", tokens));
  }
}
