/**
 * Measurements of a recurrent network: the norm of its gradients over time.
 *
 * <p>Not here: the hook that they come from, which is in {@code autograd}.
 *
 * <p>Begin with {@link dev.unroll.layers.recurrent.diagnostics.GradientFlow}.
 */
package dev.unroll.layers.recurrent.diagnostics;
