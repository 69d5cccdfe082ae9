/**
 * Tensors, what is computed from them, and the arrays that they use again ({@link
 * dev.unroll.tensor.Buffers} and {@link dev.unroll.tensor.Slot}, which lie here because a tensor
 * knows whether its numbers are still its own). Kernels and threads lie in packages of their own,
 * gradients in another module. Begin with {@link dev.unroll.tensor.Tensor}; then {@link
 * dev.unroll.tensor.Program} and {@link dev.unroll.tensor.Matrices}.
 */
package dev.unroll.tensor;
