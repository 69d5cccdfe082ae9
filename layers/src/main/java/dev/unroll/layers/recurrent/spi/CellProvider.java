package dev.unroll.layers.recurrent.spi;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;

/** A cell by name. Implementations have a public constructor that does nothing. */
public interface CellProvider {
  /** Returns the name by which the cell is chosen: {@code lstm}. */
  String name();

  /** Returns a fresh cell from inputs of one size to outputs of another. */
  Cell<?> create(int inputSize, int hiddenSize, Init init);
}
