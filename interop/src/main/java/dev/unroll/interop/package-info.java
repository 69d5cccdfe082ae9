/**
 * Files of named tensors in the safetensors format.
 *
 * <p>Mapping the names and shapes of other frameworks to cells lies in {@code
 * layers.recurrent.foreign}.
 *
 * <p>Begin with {@link dev.unroll.interop.Safetensors}.
 */
package dev.unroll.interop;
