package dev.unroll.text;

import java.util.Objects;

/**
 * A token and its position.
 *
 * @param text the token's text, which may differ from the original's
 * @param start the start offset in the original, in {@code char}s
 * @param end the end offset
 */
public record Token(String text, int start, int end) {
  /** Checks for null. */
  public Token {
    Objects.requireNonNull(text, "text");
  }
}
