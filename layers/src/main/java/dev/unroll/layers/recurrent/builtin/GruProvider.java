package dev.unroll.layers.recurrent.builtin;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.GruCell;
import dev.unroll.layers.recurrent.spi.CellProvider;

/** Makes {@link GruCell} known as {@code gru}. */
public final class GruProvider implements CellProvider {
  @Override
  public String name() {
    return "gru";
  }

  @Override
  public Cell<?> create(int inputSize, int hiddenSize, Init init) {
    return GruCell.of(inputSize, hiddenSize, init);
  }
}
