/**
 * Cells, their states, and the layers that apply a cell to a sequence: {@code Unroll}, {@code
 * Bidirectional}, stacks, truncated backpropagation.
 *
 * <p>Not here: the cells themselves ({@code recurrent.cells}) and their wrappers ({@code
 * recurrent.wrappers}).
 *
 * <p>Begin with {@link dev.unroll.layers.recurrent.Cell} and {@link
 * dev.unroll.layers.recurrent.Unroll}.
 */
package dev.unroll.layers.recurrent;
