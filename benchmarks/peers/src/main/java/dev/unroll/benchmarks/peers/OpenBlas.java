package dev.unroll.benchmarks.peers;

import dev.unroll.benchmarks.Library;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** Matrix products by OpenBLAS, operands in native memory. */
public final class OpenBlas implements Library {
  /** Called by the service loader. */
  public OpenBlas() {}

  @Override
  public String name() {
    return "openblas";
  }

  @Override
  public String kernels() {
    return OpenBlasCore.name() + " kernels";
  }

  @Override
  public Set<String> workloads() {
    return Set.of(
        "gemm-nn-256",
        "gemm-nn-512",
        "gemm-nn-1024",
        "gemm-packed-20x200x800",
        "gemm-packed-32x128x512",
        "gemm-packed-20x650x2600",
        "gemm-packed-64x1024x4096");
  }

  @Override
  public Supplier<Object> prepare(String workload, int threads) {
    openblas.blas_set_num_threads(threads);
    String[] sizes = workload.substring(workload.lastIndexOf('-') + 1).split("x", -1);
    int m = Integer.parseInt(sizes[0]);
    int k = sizes.length > 1 ? Integer.parseInt(sizes[1]) : m;
    int n = sizes.length > 1 ? Integer.parseInt(sizes[2]) : m;
    FloatPointer a = normal(m * k);
    FloatPointer b = normal(k * n);
    FloatPointer c = new FloatPointer((long) m * n);
    return () -> {
      openblas.cblas_sgemm(
          openblas.CblasRowMajor,
          openblas.CblasNoTrans,
          openblas.CblasNoTrans,
          m,
          n,
          k,
          1,
          a,
          k,
          b,
          n,
          0,
          c,
          n);
      return c;
    };
  }

  private static FloatPointer normal(int n) {
    Random random = new Random(1);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new FloatPointer(values);
  }
}
