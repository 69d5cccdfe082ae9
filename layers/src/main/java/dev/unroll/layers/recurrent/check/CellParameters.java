package dev.unroll.layers.recurrent.check;

import dev.unroll.autograd.Graph;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks that a cell describes every parameter that it reads. */
final class CellParameters {
  private static final RandomKey KEY = RandomKey.of(0x7061);
  private static final int BATCH = 2;
  private static final int STEPS = 2;

  private CellParameters() {}

  static List<String> described(Cell<?> cell, DType type) {
    Set<Parameter> read = new LinkedHashSet<>();
    for (Mode mode : List.of(Mode.evaluation(), Mode.training(KEY))) {
      Variable x = Variable.of(KEY.normal(type, Shape.of(BATCH, STEPS, cell.inputSize()), 0, 1));
      Recurrent.Result<?> r = Unroll.of(cell).eager().apply(x, mode);
      read.addAll(Graph.of(r.outputs()).parameters());
      r.state().variables().forEach(v -> read.addAll(Graph.of(v).parameters()));
    }
    cell.parameters().values().forEach(read::remove);
    List<String> found = new ArrayList<>();
    for (Parameter p : read) {
      found.add(
          "It reads a parameter "
              + p.shape()
              + " that it does not describe: it is neither trained nor saved.");
    }
    return found;
  }
}
