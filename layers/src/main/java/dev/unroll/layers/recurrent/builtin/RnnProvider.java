package dev.unroll.layers.recurrent.builtin;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.RnnCell;
import dev.unroll.layers.recurrent.spi.CellProvider;

/** Makes {@link RnnCell} known as {@code rnn}. */
public final class RnnProvider implements CellProvider {
  @Override
  public String name() {
    return "rnn";
  }

  @Override
  public Cell<?> create(int inputSize, int hiddenSize, Init init) {
    return RnnCell.of(inputSize, hiddenSize, init);
  }
}
