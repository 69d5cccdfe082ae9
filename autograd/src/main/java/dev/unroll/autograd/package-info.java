/**
 * Reverse-mode automatic differentiation: variables, their operations, and gradients.
 *
 * <p>Loops over time lie in {@link dev.unroll.autograd.scan}; the operations themselves, the graph
 * and the planner lie in packages that are not exported.
 *
 * <p>Begin with {@link dev.unroll.autograd.Variable}, then {@link dev.unroll.autograd.Gradients};
 * {@link dev.unroll.autograd.Op} is how to add an operation.
 */
package dev.unroll.autograd;
