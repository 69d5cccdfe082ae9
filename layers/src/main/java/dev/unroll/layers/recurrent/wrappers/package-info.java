/**
 * Cells around another cell: dropout, zoneout, residual connections, learned initial states.
 *
 * <p>Not here: {@code Stacked}, which is in {@code recurrent}, and {@code Dropout} of a layer,
 * which is in {@code layers}.
 *
 * <p>Begin with {@link dev.unroll.layers.recurrent.wrappers.VariationalDropout}.
 */
package dev.unroll.layers.recurrent.wrappers;
