/**
 * The built-in cells, and all cells by name.
 *
 * <p>Not here: wrappers around a cell ({@code recurrent.wrappers}), cells with attention ({@code
 * sequence.attention}).
 *
 * <p>Begin with {@link dev.unroll.layers.recurrent.cells.LstmCell}.
 */
package dev.unroll.layers.recurrent.cells;
