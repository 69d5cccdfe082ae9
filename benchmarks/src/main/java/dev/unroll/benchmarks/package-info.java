/**
 * Workloads, timed and compared with their lower bounds and with other libraries.
 *
 * <p>Timings of single kernels in tests lie with the kernels.
 *
 * <p>Begin with {@code Main}, then {@code Workloads}.
 */
package dev.unroll.benchmarks;
