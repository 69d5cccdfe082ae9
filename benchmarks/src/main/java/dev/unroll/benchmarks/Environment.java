package dev.unroll.benchmarks;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The environment of the processes that are compared. Variables that choose a library's kernels or
 * its threads are removed from all of them, ours included, so that each library chooses what is
 * best on this hardware; then every process gets the same number of threads and the same malloc.
 */
final class Environment {
  /**
   * Variables that tie a library's hands: OpenBLAS, MKL, OpenMP (GNU, LLVM and Intel), oneDNN,
   * ATen, BLIS, and options that a JVM takes from the environment.
   */
  private static final Pattern TIES =
      Pattern.compile(
          "(OPENBLAS|GOTO|MKL|OMP|GOMP|KMP|DNNL|ONEDNN|ATEN|BLIS|TORCH|PYTORCH|ORT)_.*"
              + "|GLIBC_TUNABLES|MALLOC_.*|LD_PRELOAD"
              + "|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS");

  private Environment() {}

  /** Frees an environment of what chooses kernels, and sets the threads of every library. */
  static void free(Map<String, String> variables, int threads) {
    variables.keySet().removeIf(name -> TIES.matcher(name).matches());
    String n = Integer.toString(threads);
    variables.put("OMP_NUM_THREADS", n);
    variables.put("MKL_NUM_THREADS", n);
    variables.put("OPENBLAS_NUM_THREADS", n);
    // Large arrays are kept by malloc rather than given back to the system and faulted in again: on
    // machines where page faults are dear, PyTorch's optimizers are many times faster so. Large
    // pages for them, as for our heap.
    variables.put(
        "GLIBC_TUNABLES",
        "glibc.malloc.mmap_threshold=4000000000:glibc.malloc.trim_threshold=4000000000"
            + ":glibc.malloc.hugetlb=1");
    // Thread pools that spin against each other are slower on two threads (JavaCPP's PyTorch).
    variables.put("OMP_WAIT_POLICY", "passive");
  }
}
