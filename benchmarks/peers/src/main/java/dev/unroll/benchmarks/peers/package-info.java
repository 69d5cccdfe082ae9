/** Other libraries with our workloads. */
package dev.unroll.benchmarks.peers;
