/**
 * The built-in operations: a record each, with its shape, its value and its gradient, in a file for
 * each kind.
 *
 * <p>Recording and gradient accumulation are in {@code autograd.graph}.
 *
 * <p>Begin with {@link dev.unroll.autograd.op.Elementwise}.
 */
package dev.unroll.autograd.op;
