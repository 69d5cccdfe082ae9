package dev.unroll.benchmarks;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Embedding;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;

/**
 * A training step that touches 1,000 different vectors of 128 elements in a table of 10,000 or
 * 1,000,000: gather, backward pass, clipping, Adam.
 */
final class Lookups {
  private static final int SIZE = 128;
  private static final int TOUCHED = 1000;
  private static final int BATCHES = 64;

  private Lookups() {}

  static List<Workload> workloads() {
    return List.of(workload("embedding-10k", 10_000), workload("embedding-1m", 1_000_000));
  }

  private static Workload workload(String name, int rows) {
    return new Workload(
        name,
        Unit.MICROS,
        1,
        () -> {
          Tensor start = Tensor.full(DType.FLOAT32, Shape.of(rows, SIZE), 0.1);
          Embedding embedding = new Embedding(new Parameter(start));
          Tensor codes = Operands.codes(rows, 1, BATCHES, TOUCHED);
          Optimizer adam = Optimizer.of(new Adam(), embedding.parameters());
          return new TrainingStep(
              adam,
              1,
              key -> {
                Tensor now = codes.select(0, (int) (adam.updates() % BATCHES));
                Variable vectors = embedding.apply(Variable.of(now));
                return vectors.mul(vectors).sum();
              });
        });
  }
}
