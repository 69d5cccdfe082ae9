/**
 * Decoders, and how sequences are generated from them: greedy, sampled, by beam search.
 *
 * <p>Not here: the models that contain a decoder, which are in {@code layers.sequence}.
 *
 * <p>Begin with {@link dev.unroll.layers.sequence.decoding.Decoder} and {@link
 * dev.unroll.layers.sequence.decoding.Decoding}.
 */
package dev.unroll.layers.sequence.decoding;
