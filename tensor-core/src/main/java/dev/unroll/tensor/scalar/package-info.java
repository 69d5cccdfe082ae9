/**
 * Kernels in plain Java: they run everywhere, and the vector kernels are checked against them.
 * Nothing here uses vectors or threads. Begin with {@code ScalarFloatKernels}; its twin over double
 * and the elementwise loops are generated (ADR 5).
 */
package dev.unroll.tensor.scalar;
