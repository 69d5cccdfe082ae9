package dev.unroll.text.tokenize;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the matches of a regular expression as tokens, and drops the rest. Joining inserts single
 * spaces.
 *
 * {@snippet class="snippets.TokenizeTest" region="Matches"}
 *
 * @param pattern the regular expression; empty matches are ignored
 */
public record Matches(Pattern pattern) implements Tokenizer {

  /** Checks for null. */
  public Matches {
    Objects.requireNonNull(pattern, "pattern");
  }

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    Matcher m = pattern.matcher(text);
    while (m.find()) {
      if (m.end() > m.start()) {
        tokens.accept(new Token(m.group(), m.start(), m.end()));
      }
    }
  }

  @Override
  public String join(List<String> tokens) {
    return String.join(" ", tokens);
  }
}
