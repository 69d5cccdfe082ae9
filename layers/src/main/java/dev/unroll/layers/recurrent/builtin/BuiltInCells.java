package dev.unroll.layers.recurrent.builtin;

import dev.unroll.layers.recurrent.cells.CellFactory;
import dev.unroll.layers.recurrent.cells.CellProvider;
import dev.unroll.layers.recurrent.cells.CoupledLstmCell;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.MinimalGatedCell;
import dev.unroll.layers.recurrent.cells.NormalizedLstmCell;
import dev.unroll.layers.recurrent.cells.OriginalGruCell;
import dev.unroll.layers.recurrent.cells.PeepholeLstmCell;
import dev.unroll.layers.recurrent.cells.ProjectedLstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import java.util.LinkedHashMap;
import java.util.Map;

/** The built-in cells by name: a new one is one line here. */
public final class BuiltInCells implements CellProvider {
  @Override
  public Map<String, CellFactory> byName() {
    Map<String, CellFactory> cells = new LinkedHashMap<>();
    cells.put("rnn", RnnCell::of);
    cells.put("irnn", RnnCell::rectified);
    cells.put("lstm", LstmCell::of);
    cells.put("lstm-peephole", PeepholeLstmCell::of);
    cells.put("lstm-coupled", CoupledLstmCell::of);
    cells.put("lstm-projected", (in, out, init) -> ProjectedLstmCell.of(in, 2 * out, out, init));
    cells.put("lstm-normalized", NormalizedLstmCell::of);
    cells.put("gru", GruCell::of);
    cells.put("gru-original", OriginalGruCell::of);
    cells.put("mgu", MinimalGatedCell::of);
    return cells;
  }
}
