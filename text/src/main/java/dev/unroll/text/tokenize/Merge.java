package dev.unroll.text.tokenize;

/**
 * Two tokens that become one.
 *
 * @param left the first, as the vocabulary has it
 * @param right the second
 */
public record Merge(String left, String right) {}
