/**
 * The provider of the built-in cells.
 *
 * <p>Not here: the cells, which are in {@code recurrent.cells}. The package is not exported.
 *
 * <p>Begin with {@link dev.unroll.layers.recurrent.builtin.BuiltInCells}.
 */
package dev.unroll.layers.recurrent.builtin;
