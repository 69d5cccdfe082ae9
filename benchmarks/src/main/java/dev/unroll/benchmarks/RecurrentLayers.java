package dev.unroll.benchmarks;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Stacked;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One layer, forward and backward, with gradients by the weights and by the input. W4 and W7: 1024
 * units, input 1024, 64 sequences of 50 steps. W8: a custom cell, 256 units, input 256, 32
 * sequences of 64 steps. Operations are those of the products: 2 B T (I + H) times the columns of
 * the gates, once forward and twice backward. The {@code cost} workloads show how time grows with
 * T, B and layers.
 */
final class RecurrentLayers {
  private RecurrentLayers() {}

  static List<Workload> workloads() {
    return List.of(
        workload("W4", 1024, 64, 50, 4, init -> LstmCell.of(1024, 1024, init)),
        workload("W7-gru", 1024, 64, 50, 3, init -> GruCell.of(1024, 1024, init)),
        workload("W7-rnn", 1024, 64, 50, 1, init -> RnnCell.of(1024, 1024, init)),
        workload("W8", 256, 32, 64, 3, init -> FoundNowhere.of(256, 256, init)),
        cost("cost", 32, 64, 1),
        cost("cost-twice-t", 32, 128, 1),
        cost("cost-twice-b", 64, 64, 1),
        cost("cost-twice-layers", 32, 64, 2));
  }

  /** An LSTM of 256 units, whose time should grow at most linearly. */
  private static Workload cost(String name, int batch, int steps, int layers) {
    return new Workload(
        name,
        Unit.MILLIS,
        1,
        () -> {
          List<Cell<?>> cells = new ArrayList<>();
          for (int i = 0; i < layers; i++) {
            cells.add(LstmCell.of(256, 256, Init.seed(i)));
          }
          return pass(new Stacked(cells), 256, batch, steps);
        });
  }

  static double operations(int size, int batch, int steps, int gates) {
    return 3 * 2.0 * batch * steps * gates * size * (size + size);
  }

  private static Workload workload(
      String name, int size, int batch, int steps, int gates, Function<Init, Cell<?>> cell) {
    return new Workload(
        name,
        Unit.GFLOPS,
        operations(size, batch, steps, gates),
        () -> pass(cell.apply(Init.seed(1)), size, batch, steps));
  }

  private static Supplier<Object> pass(Cell<?> cell, int size, int batch, int steps) {
    Unroll<?> unroll = Unroll.of(cell);
    Parameter x = new Parameter(Operands.normal(DType.FLOAT32, 1, batch, steps, size));
    Tensor seed = Operands.normal(DType.FLOAT32, 2, batch, steps, size);
    List<Parameter> wanted = new ArrayList<>(unroll.parameters().values());
    wanted.add(x);
    Buffers buffers = new Buffers();
    return () -> {
      try (Buffers.Scope _ = buffers.open()) {
        Variable y = unroll.apply(x, Mode.training(RandomKey.of(1))).outputs();
        return Gradients.of(y.mul(Variable.of(seed)).sum(), wanted).size();
      }
    };
  }
}
