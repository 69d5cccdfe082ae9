/**
 * Recurrent weights of PyTorch, Keras and ONNX, converted to cells and back.
 *
 * <p>Not here: the file formats, which are in module {@code interop}.
 *
 * <p>Begin with {@link dev.unroll.layers.recurrent.foreign.PyTorchWeights}.
 */
package dev.unroll.layers.recurrent.foreign;
