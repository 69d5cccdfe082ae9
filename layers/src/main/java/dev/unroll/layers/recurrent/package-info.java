/**
 * Cells, their states, and what applies a cell to a sequence: {@code Unroll}, {@code
 * Bidirectional}, stacks, truncated backpropagation.
 *
 * <p>Not here: the cells themselves ({@code recurrent.cells}) and what modifies them ({@code
 * recurrent.wrappers}).
 *
 * <p>Begin with {@link dev.unroll.layers.recurrent.Cell} and {@link
 * dev.unroll.layers.recurrent.Unroll}.
 */
package dev.unroll.layers.recurrent;
