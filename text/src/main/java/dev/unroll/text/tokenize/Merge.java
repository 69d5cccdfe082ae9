package dev.unroll.text.tokenize;

/**
 * A pair of tokens that are merged into one.
 *
 * @param left the first token, as in the vocabulary
 * @param right the second token
 */
public record Merge(String left, String right) {}
