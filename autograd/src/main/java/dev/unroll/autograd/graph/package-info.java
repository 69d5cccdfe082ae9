/**
 * The recorded graph and the backward pass through it.
 *
 * <p>The gradients of single operations are in {@code autograd.op}. Variables, operations and nodes
 * refer to each other: the packages {@code autograd}, {@code op} and {@code graph} are one layer.
 *
 * <p>Begin with {@link dev.unroll.autograd.graph.BackwardPass}, then {@link
 * dev.unroll.autograd.graph.Node}.
 */
package dev.unroll.autograd.graph;
