package dev.unroll.models;

import dev.unroll.tensor.spi.Provider;

/**
 * Makes the layers of a module known to model files, by name. Cells that a {@link
 * dev.unroll.layers.recurrent.cells.CellProvider} offers are known already, if they are records.
 *
 * <p>A name is part of the files: it must not change as long as these are to be read.
 *
 * {@snippet class="snippets.ModelsTest" region="LayerProvider"}
 */
public interface LayerProvider extends Provider<LayerType<?>> {}
