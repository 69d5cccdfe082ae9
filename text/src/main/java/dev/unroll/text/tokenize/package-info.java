/**
 * The built-in tokenizers, training of BPE, and Hugging Face's tokenizer.json.
 *
 * <p>Normalizers and vocabularies lie in {@link dev.unroll.text}.
 *
 * <p>Begin with {@link dev.unroll.text.tokenize.Words}, then {@link dev.unroll.text.tokenize.Bpe}.
 */
package dev.unroll.text.tokenize;
