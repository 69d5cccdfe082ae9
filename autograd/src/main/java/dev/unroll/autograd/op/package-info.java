/**
 * The built-in operations: a record each, with its shape, its value and its gradient, in a file for
 * each kind.
 *
 * <p>How an operation is recorded and how gradients are added lies in {@code autograd.graph}.
 *
 * <p>Begin with {@link dev.unroll.autograd.op.Elementwise}.
 */
package dev.unroll.autograd.op;
