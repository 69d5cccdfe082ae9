package dev.unroll.examples;

import dev.unroll.layers.recurrent.cells.CellFactory;
import dev.unroll.layers.recurrent.cells.CellProvider;
import java.util.Map;

/** Registers {@link UpdateGateCell} as {@code ugrnn}. */
public final class UpdateGateProvider implements CellProvider {
  @Override
  public Map<String, CellFactory> byName() {
    return Map.of("ugrnn", UpdateGateCell::of);
  }
}
