package dev.unroll.layers.recurrent.spi;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.tensor.spi.Named;

/** A kind of cell, chosen by name. */
public interface CellProvider extends Named {
  /** Returns a fresh cell from inputs of one size to outputs of another. */
  Cell<?> create(int inputSize, int hiddenSize, Init init);
}
