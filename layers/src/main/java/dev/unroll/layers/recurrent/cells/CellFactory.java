package dev.unroll.layers.recurrent.cells;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;

/**
 * Creates the cells of one kind: {@code LstmCell::of}.
 *
 * {@snippet class="snippets.CellsTest" region="CellFactory"}
 */
@FunctionalInterface
public interface CellFactory {
  /** Returns a new cell from inputs of one size to outputs of another. */
  Cell<?> create(int inputSize, int outputSize, Init init);
}
