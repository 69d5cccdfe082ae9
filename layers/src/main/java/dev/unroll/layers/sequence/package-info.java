/**
 * Whole sequence models: one or many answers to a sequence, a sequence from a vector or another
 * sequence, language models; and pooling over time.
 *
 * <p>Not here: attention ({@code sequence.attention}), decoders and searches ({@code
 * sequence.decoding}), cells ({@code layers.recurrent}).
 *
 * <p>Begin with {@link dev.unroll.layers.sequence.ManyToOne} and {@link
 * dev.unroll.layers.sequence.LanguageModel}.
 */
package dev.unroll.layers.sequence;
