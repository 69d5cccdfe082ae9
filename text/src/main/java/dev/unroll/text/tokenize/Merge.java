package dev.unroll.text.tokenize;

import java.util.Objects;

/**
 * A pair of tokens that are merged into one.
 *
 * @param left the first token, as in the vocabulary
 * @param right the second token
 */
public record Merge(String left, String right) {
  /** Checks for null. */
  public Merge {
    Objects.requireNonNull(left, "left");
    Objects.requireNonNull(right, "right");
  }
}
