/**
 * Tokens, vocabularies, normalizers, word vectors, and the Korean alphabet.
 *
 * <p>Tokenizers lie in {@link dev.unroll.text.tokenize}, readers of files in {@link
 * dev.unroll.text.read}.
 *
 * <p>Begin with {@link dev.unroll.text.Tokenizer} and {@link dev.unroll.text.Vocabulary}.
 */
package dev.unroll.text;
