package dev.unroll.text.tokenize;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Takes every run of n consecutive tokens as a token, which lets a bag of words see local order.
 * The tokens overlap; joining uses the first part of each.
 *
 * {@snippet class="snippets.TokenizeTest" region="Ngrams"}
 *
 * @param tokenizer splits the text
 * @param n the length of a run, at least 1
 * @param separator joins the parts of a run
 */
public record Ngrams(Tokenizer tokenizer, int n, String separator) implements Tokenizer {

  /**
   * Checks n.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Ngrams {
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(separator, "separator");
    if (n < 1) {
      throw new IllegalArgumentException("[ngrams] expected n of at least 1, got " + n);
    }
  }

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    Deque<Token> last = new ArrayDeque<>();
    tokenizer.tokenize(
        text,
        t -> {
          last.addLast(t);
          if (last.size() == n) {
            String joined =
                String.join(separator, last.stream().map(Token::text).toArray(String[]::new));
            tokens.accept(new Token(joined, last.removeFirst().start(), t.end()));
          }
        });
  }

  @Override
  public String join(List<String> tokens) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      String t = tokens.get(i);
      int end = separator.isEmpty() ? t.offsetByCodePoints(0, 1) : t.indexOf(separator);
      parts.add(i + 1 == tokens.size() || end < 0 ? t : t.substring(0, end));
    }
    return tokenizer.join(parts);
  }
}
