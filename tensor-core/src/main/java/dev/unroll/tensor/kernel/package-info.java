/**
 * The code shared by all kernels and types: layouts, the blocks of a matrix product, the tiles of a
 * pointwise program, threads, and the choice of kernels. Loops over elements are the kernels' own
 * ({@code scalar}, {@code simd}), and nothing here depends on tensors. Begin with {@link
 * dev.unroll.tensor.kernel.Product} or {@link dev.unroll.tensor.kernel.Pointwise}.
 */
package dev.unroll.tensor.kernel;
