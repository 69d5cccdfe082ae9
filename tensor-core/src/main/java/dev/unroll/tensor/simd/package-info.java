/**
 * Kernels on {@code jdk.incubator.vector}, which no other package names. Threads, packing and
 * blocks larger than what registers hold lie above, in {@code kernel}. Begin with {@code
 * SimdFloatKernels} and docs/kernels.md; twins over double, elementwise loops and micro-kernels are
 * generated (ADR 5).
 */
package dev.unroll.tensor.simd;
