/**
 * Answers to questions: an encoder, and a decoder with attention.
 *
 * <p>Measures of texts lie in {@code examples.writing}.
 *
 * <p>Begin with {@code ChatCommand}.
 */
package dev.unroll.examples.chat;
