package dev.unroll.layers.recurrent.builtin;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.spi.CellProvider;

/** A name and a factory. */
abstract class BuiltIn implements CellProvider {
  private final String name;
  private final Maker maker;

  /** Creates a cell. */
  interface Maker {
    Cell<?> make(int inputSize, int hiddenSize, Init init);
  }

  BuiltIn(String name, Maker maker) {
    this.name = name;
    this.maker = maker;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Cell<?> create(int inputSize, int hiddenSize, Init init) {
    return maker.make(inputSize, hiddenSize, init);
  }
}
