package dev.unroll.text.tokenize;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes each run of so many neighbours as a token, one for each place where one begins: what a bag
 * of words needs to see a little order. Tokens overlap, so that joining takes the first part of
 * each.
 *
 * @param tokenizer finds the parts
 * @param n how many are taken together, at least 1
 * @param separator stands between them
 */
public record Ngrams(Tokenizer tokenizer, int n, String separator) implements Tokenizer {

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Ngrams {
    if (n < 1) {
      throw new IllegalArgumentException("[ngrams] n must be at least 1, not " + n);
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
