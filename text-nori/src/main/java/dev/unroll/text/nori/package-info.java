/**
 * Korean morphemes as tokens, by Lucene's analyzer Nori.
 *
 * <p>Tokenizers that need no dictionary lie in module {@code text}.
 *
 * <p>Begin with {@link dev.unroll.text.nori.Morphemes}.
 */
package dev.unroll.text.nori;
