package dev.unroll.benchmarks;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.kernel.Floats;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.kernel.Right;
import java.util.List;
import java.util.stream.Stream;

/**
 * Products with a prepacked right-hand side, added to an existing buffer, as in each step of a
 * planned loop.
 */
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
          Floats e = Floats.INSTANCE;
          float[] a = Operands.normal(DType.FLOAT32, 1, m, k).toFloats();
          float[] b = Operands.normal(DType.FLOAT32, 2, k, n).toFloats();
          float[] c = new float[m * n];
          Right.Packed<float[]> packed = Product.pack(e, k, n, new Matrix<>(b, 0, n, 1));
          return () -> {
            Matrix<float[]> sum = new Matrix<>(c, 0, n, 1);
            Product.run(e, m, sum, new Matrix<>(a, 0, k, 1), packed, sum);
            return c;
          };
        });
  }
}
