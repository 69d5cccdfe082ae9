/**
 * Convolutions and pooling over time or images.
 *
 * <p>Not here: pooling of a sequence into one vector, which is in {@code layers.sequence}.
 *
 * <p>Begin with {@link dev.unroll.layers.conv.Conv1d}.
 */
package dev.unroll.layers.conv;
