package dev.unroll.benchmarks;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Matrices;
import dev.unroll.tensor.PackedMatrix;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/** Products with a right-hand side that was packed beforehand: a weight at each step of a loop. */
final class PackedProducts {
  private PackedProducts() {}

  static List<Workload> workloads() {
    return Stream.of(
            new int[] {1, 128, 512},
            new int[] {1, 512, 2048},
            new int[] {20, 200, 800},
            new int[] {32, 128, 512},
            new int[] {20, 650, 2600},
            new int[] {64, 1024, 4096})
        .map(s -> product(s[0], s[1], s[2]))
        .toList();
  }

  private static Workload product(int m, int k, int n) {
    return new Workload(
        "gemm-packed-" + m + "x" + k + "x" + n,
        Unit.GFLOPS,
        2.0 * m * k * n,
        () -> {
          Tensor a = Operands.normal(DType.FLOAT32, 1, m, k);
          PackedMatrix b = Matrices.pack(Operands.normal(DType.FLOAT32, 2, k, n), false);
          return () -> Matrices.product(a, b);
        });
  }
}
