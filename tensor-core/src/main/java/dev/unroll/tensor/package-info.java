/**
 * Tensors, computations with them, and the arrays that they reuse ({@link
 * dev.unroll.tensor.Buffers} and {@link dev.unroll.tensor.Slot}, which are here because a tensor
 * checks whether its values are still valid). Kernels and threads are in packages of their own,
 * gradients in another module. Begin with {@link dev.unroll.tensor.Tensor}; then {@link
 * dev.unroll.tensor.Program} and {@link dev.unroll.tensor.Matrices}.
 */
package dev.unroll.tensor;
