/**
 * Reverse-mode automatic differentiation: variables, their operations, and gradients.
 *
 * <p>Loops over time are in {@link dev.unroll.autograd.scan}; the operations, the graph and the
 * planner are in packages that are not exported.
 *
 * <p>Begin with {@link dev.unroll.autograd.Variable}, then {@link dev.unroll.autograd.Gradients};
 * to add an operation, implement {@link dev.unroll.autograd.Op}.
 */
package dev.unroll.autograd;
