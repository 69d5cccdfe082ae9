package dev.unroll.benchmarks;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The environment of the processes that are compared. Variables that choose a library's kernels or
 * its threads are removed from all of them, ours included, so that each library chooses the best
 * kernels for this hardware; then every process gets the same number of threads and the same
 * malloc.
 */
final class Environment {
  /**
   * Variables that restrict a library's choice: OpenBLAS, MKL, OpenMP (GNU, LLVM and Intel),
   * oneDNN, ATen, BLIS, and options that a JVM takes from the environment.
   */
  private static final Pattern TIES =
      Pattern.compile(
          "(OPENBLAS|GOTO|MKL|OMP|GOMP|KMP|DNNL|ONEDNN|ATEN|BLIS|TORCH|PYTORCH|ORT)_.*"
              + "|GLIBC_TUNABLES|MALLOC_.*|LD_PRELOAD"
              + "|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS");

  private Environment() {}

  /** Removes variables that choose kernels, and sets the number of threads of every library. */
  static void free(Map<String, String> variables, int threads) {
    variables.keySet().removeIf(name -> TIES.matcher(name).matches());
    String n = Integer.toString(threads);
    variables.put("OMP_NUM_THREADS", n);
    variables.put("MKL_NUM_THREADS", n);
    variables.put("OPENBLAS_NUM_THREADS", n);
    // malloc retains large arrays instead of returning them to the system and faulting them in
    // again: where page faults are expensive, this makes PyTorch's optimizers many times faster.
    // Large pages, as for our heap.
    variables.put(
        "GLIBC_TUNABLES",
        "glibc.malloc.mmap_threshold=4000000000:glibc.malloc.trim_threshold=4000000000"
            + ":glibc.malloc.hugetlb=1");
    // Thread pools that spin against each other are slower on two threads (JavaCPP's PyTorch).
    variables.put("OMP_WAIT_POLICY", "passive");
  }
}
