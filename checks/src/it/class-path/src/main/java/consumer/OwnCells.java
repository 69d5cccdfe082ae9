package consumer;

import dev.unroll.layers.recurrent.cells.CellFactory;
import dev.unroll.layers.recurrent.cells.CellProvider;
import java.util.Map;

/** Makes the cell available by name, to model files too. */
public final class OwnCells implements CellProvider {
  @Override
  public Map<String, CellFactory> byName() {
    return Map.of("own", OwnCell::of);
  }
}
