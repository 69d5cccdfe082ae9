/**
 * Losses: the mean of an error over all predicted targets.
 *
 * <p>Not here: metrics, which training reports but does not minimize; they are in module {@code
 * training}.
 *
 * <p>Begin with {@link dev.unroll.layers.loss.Loss}.
 */
package dev.unroll.layers.loss;
