package dev.unroll.benchmarks;

import java.util.Set;
import java.util.function.Supplier;

/** A library that implements some of the workloads: ours, or a peer. Loaded as a service. */
public interface Library {

  /** Returns the name in the table. */
  String name();

  /**
   * Returns, in one line, the kernels that it chose on this hardware, as far as it reports them;
   * called after a workload was run.
   */
  String kernels();

  /** Returns the names of the supported workloads, as for {@code --only}. */
  Set<String> workloads();

  /**
   * Creates the operands of a workload; the result runs the workload once.
   *
   * @param threads the number of threads to use
   */
  Supplier<Object> prepare(String workload, int threads);
}
