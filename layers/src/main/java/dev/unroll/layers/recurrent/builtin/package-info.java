/**
 * The providers of the built-in cells, for the service loader.
 *
 * <p>Not here: the cells, which are in {@code recurrent.cells}. The package is not exported.
 *
 * <p>Begin with {@link dev.unroll.layers.recurrent.builtin.BuiltInCells}.
 */
package dev.unroll.layers.recurrent.builtin;
