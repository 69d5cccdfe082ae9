package dev.unroll.layers.recurrent.cells;

import dev.unroll.tensor.spi.Provider;

/**
 * Makes the cells of a module available by name.
 *
 * <pre>{@code
 * public final class MyCells implements CellProvider {
 *   @Override
 *   public Map<String, CellFactory> byName() {
 *     return Map.of("mine", MyCell::of);
 *   }
 * }
 * }</pre>
 */
public interface CellProvider extends Provider<CellFactory> {}
