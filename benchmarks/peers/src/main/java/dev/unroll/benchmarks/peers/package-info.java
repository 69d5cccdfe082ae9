/** Implementations of the workloads by other libraries. */
package dev.unroll.benchmarks.peers;
