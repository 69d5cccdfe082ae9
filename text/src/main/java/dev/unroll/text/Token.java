package dev.unroll.text;

/**
 * A piece of a text.
 *
 * @param text what the tokenizer made of it
 * @param start where the piece begins in the text, counted in {@code char}s
 * @param end where it ends
 */
public record Token(String text, int start, int end) {}
