/** Benchmarks: the workloads, and the command that runs them. */
@NullMarked
package dev.unroll.benchmarks;

import org.jspecify.annotations.NullMarked;
