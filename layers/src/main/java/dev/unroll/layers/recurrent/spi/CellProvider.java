package dev.unroll.layers.recurrent.spi;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.tensor.spi.Named;

/** Creates cells of one kind, selected by name. */
public interface CellProvider extends Named {
  /** Creates a cell. */
  Cell<?> create(int inputSize, int hiddenSize, Init init);
}
