package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.List;
import java.util.Objects;

/** Opens the session of a cell: see {@link Unroll#open}. */
final class CellSession {
  private CellSession() {}

  static <S extends State<S>> Session open(Cell<S> cell, Scan scan, int batch, DType type) {
    check(cell, batch, Objects.requireNonNull(type, "type"));
    return cell.snapshot()
        .call(() -> {
          S state = InnerCell.initialState(cell, batch, type);
          Scan.Body body =
              (now, carried, time) ->
                  CheckedStep.result(
                      CheckedStep.of(cell, now.getFirst(), carried, state, Mode.evaluation()));
          return scan.open(body, Shape.of(batch, cell.inputSize()), type, state.variables());
        });
  }

  private static void check(Cell<?> cell, int batch, DType type) {
    if (batch < 0) {
      throw new IllegalArgumentException(
          "[unroll] expected a session of at least 0 sequences, got " + batch);
    }
    List<DType> weights =
        cell.parameters().values().stream().map(Parameter::type).distinct().toList();
    if (!type.isFloating() || !(weights.isEmpty() || weights.contains(type))) {
      throw new IllegalArgumentException(
          "[unroll] expected a session in "
              + (weights.size() == 1
                  ? weights.getFirst() + ", the type of the weights"
                  : "float32 or float64")
              + ", got "
              + type);
    }
  }
}
