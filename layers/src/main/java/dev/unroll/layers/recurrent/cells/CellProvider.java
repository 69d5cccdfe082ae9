package dev.unroll.layers.recurrent.cells;

import dev.unroll.tensor.spi.Provider;

/**
 * Makes the cells of a module available by name.
 *
 * {@snippet class="snippets.CellsTest" region="CellProvider"}
 */
public interface CellProvider extends Provider<CellFactory> {}
