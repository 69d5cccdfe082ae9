package dev.unroll.benchmarks;

import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;

/** Softmax over rows of the length of a vocabulary, into buffers, as in a loop. */
final class Probabilities {
  private static final int ROWS = 64;
  private static final int COLUMNS = 10_000;

  private Probabilities() {}

  static Workload workload() {
    return new Workload(
        "softmax-64x10000",
        Unit.NANOS_PER_ELEMENT,
        ROWS * COLUMNS,
        () -> {
          Tensor x = Operands.normal(DType.FLOAT32, 1, ROWS, COLUMNS);
          Buffers buffers = new Buffers();
          return () -> {
            try (Buffers.Scope _ = buffers.open()) {
              return Softmax.softmax(x);
            }
          };
        });
  }
}
