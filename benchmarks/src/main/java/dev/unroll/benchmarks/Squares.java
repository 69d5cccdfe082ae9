package dev.unroll.benchmarks;

import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Matrices;
import dev.unroll.tensor.Tensor;
import java.util.List;

/** Products of square matrices, with operands and result in memory, unpacked. */
final class Squares {
  private Squares() {}

  static List<Workload> workloads() {
    return List.of(
        square("gemm-nn-256", 256, false, false, DType.FLOAT32),
        square("gemm-nn-512", 512, false, false, DType.FLOAT32),
        square("gemm-nn-1024", 1024, false, false, DType.FLOAT32),
        square("gemm-nt-512", 512, false, true, DType.FLOAT32),
        square("gemm-tn-512", 512, true, false, DType.FLOAT32),
        square("gemm-f64-512", 512, false, false, DType.FLOAT64));
  }

  private static Workload square(
      String name, int n, boolean transposedA, boolean transposedB, DType type) {
    return new Workload(
        name,
        Unit.GFLOPS,
        2.0 * n * n * n,
        () -> {
          Tensor a = Operands.normal(type, 1, n, n);
          Tensor b = Operands.normal(type, 2, n, n);
          Buffers buffers = new Buffers();
          return () -> {
            try (Buffers.Scope _ = buffers.open()) {
              // A fresh view has no packed form: packing B is included in the measurement.
              return Matrices.product(a, transposedA, b.slice(0, 0, n), transposedB).shape();
            }
          };
        });
  }
}
