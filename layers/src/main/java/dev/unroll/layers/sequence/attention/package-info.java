/**
 * Attention over the outputs of an encoder, and decoder cells that use it.
 *
 * <p>Not here: the model that contains them, {@code sequence.AttentionModel}.
 *
 * <p>Begin with {@link dev.unroll.layers.sequence.attention.LuongCell}.
 */
package dev.unroll.layers.sequence.attention;
