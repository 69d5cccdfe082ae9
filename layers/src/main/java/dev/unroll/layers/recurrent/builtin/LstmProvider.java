package dev.unroll.layers.recurrent.builtin;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.LstmCell;
import dev.unroll.layers.recurrent.spi.CellProvider;

/** Makes {@link LstmCell} known as {@code lstm}. */
public final class LstmProvider implements CellProvider {
  @Override
  public String name() {
    return "lstm";
  }

  @Override
  public Cell<?> create(int inputSize, int hiddenSize, Init init) {
    return LstmCell.of(inputSize, hiddenSize, init);
  }
}
