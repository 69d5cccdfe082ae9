package dev.unroll.benchmarks;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.DType;
import java.util.List;

/** Inference by an LSTM, one sequence at a time: 100 steps at once (W5), or step by step. */
final class Inference {
  private static final int STEPS = 100;

  private Inference() {}

  static List<Workload> workloads() {
    return List.of(sequence(128), sequence(512), stream(128));
  }

  private static Workload sequence(int size) {
    return new Workload(
        "W5-" + size,
        Unit.MICROS,
        STEPS,
        () -> {
          Unroll<LstmState> unroll = Unroll.of(LstmCell.of(size, size, Init.seed(1)));
          Variable x = Variable.of(Operands.normal(DType.FLOAT32, 1, 1, STEPS, size));
          Buffers buffers = new Buffers();
          return () -> {
            try (Buffers.Scope _ = buffers.open()) {
              return Variable.withoutGradient(
                  () -> unroll.apply(x, Mode.evaluation()).outputs().value().get(0, STEPS - 1, 0));
            }
          };
        });
  }

  private static Workload stream(int size) {
    return new Workload(
        "W5-stream",
        Unit.MICROS,
        1,
        () -> {
          Session session = Unroll.of(LstmCell.of(size, size, Init.seed(1))).open(1, DType.FLOAT32);
          float[] x = Operands.normal(DType.FLOAT32, 1, size).toFloats();
          float[] y = new float[size];
          return () -> {
            session.step(x, y);
            return y;
          };
        });
  }
}
