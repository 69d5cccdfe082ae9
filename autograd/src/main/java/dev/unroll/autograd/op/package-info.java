/**
 * The built-in operations: one record each, with its shape, its value and its gradient.
 *
 * <p>How an operation is recorded and how gradients are added lies in {@code autograd.graph}.
 *
 * <p>Begin with {@link dev.unroll.autograd.op.Mul}, then {@link dev.unroll.autograd.op.MatMul}.
 */
package dev.unroll.autograd.op;
