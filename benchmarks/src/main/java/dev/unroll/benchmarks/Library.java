package dev.unroll.benchmarks;

import java.util.Set;
import java.util.function.Supplier;

/** A library that does some of the workloads: ours, or a peer. Found as a service. */
public interface Library {

  /** Returns what the table calls it. */
  String name();

  /**
   * Returns in one line which kernels it chose on this hardware, as far as it tells: called after a
   * workload was run.
   */
  String kernels();

  /** Returns the workloads that it does, by the names that {@code --only} takes. */
  Set<String> workloads();

  /**
   * Makes the operands of a workload; what it returns does the work once.
   *
   * @param threads that it may use
   */
  Supplier<Object> prepare(String workload, int threads);
}
