package dev.unroll.examples;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.spi.CellProvider;

/** Registers {@link UpdateGateCell} as {@code ugrnn}. */
public final class UpdateGateProvider implements CellProvider {
  @Override
  public String name() {
    return "ugrnn";
  }

  @Override
  public Cell<?> create(int inputSize, int hiddenSize, Init init) {
    return UpdateGateCell.of(inputSize, hiddenSize, init);
  }
}
