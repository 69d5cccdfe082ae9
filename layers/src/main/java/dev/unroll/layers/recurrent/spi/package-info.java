/**
 * The service by which a module makes a cell available by name.
 *
 * <p>Not here: the lookup by name, {@code recurrent.cells.Cells}.
 *
 * <p>Begin with {@link dev.unroll.layers.recurrent.spi.CellProvider}.
 */
package dev.unroll.layers.recurrent.spi;
