/**
 * Sequences from one notation into another: an encoder, a decoder and attention.
 *
 * <p>Decoding lies in {@code layers.sequence.decoding}.
 *
 * <p>Begin with {@code TranslateCommand}.
 */
package dev.unroll.examples.translate;
