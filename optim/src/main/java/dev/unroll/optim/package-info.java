/**
 * Optimizers: the rules of the papers, learning-rate schedules, clipping and averaged weights.
 *
 * <p>Gradients lie in module {@code autograd}; the loop that calls an optimizer lies in module
 * {@code training}.
 *
 * <p>Begin with {@link dev.unroll.optim.Optimizer}; {@link dev.unroll.optim.Rule} is how to add
 * one.
 */
package dev.unroll.optim;
