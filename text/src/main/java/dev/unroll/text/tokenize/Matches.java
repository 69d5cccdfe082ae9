package dev.unroll.text.tokenize;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes what a regular expression matches as tokens, and leaves out the rest. Joining puts single
 * spaces between them.
 *
 * @param pattern as {@link Pattern} has it; empty matches are no tokens
 */
public record Matches(Pattern pattern) implements Tokenizer {
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
