/**
 * The contract of a cell, checked on a custom one.
 *
 * <p>Not here: gradient checks of single operations, which are in {@code autograd}.
 *
 * <p>Begin with {@link dev.unroll.layers.recurrent.check.CellContract}.
 */
package dev.unroll.layers.recurrent.check;
