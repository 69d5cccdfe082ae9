package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Selection;

/**
 * Which kernels this process computes with: part of what results depend on to the bit.
 *
 * @param provider the name: see {@link dev.unroll.tensor.spi.KernelProvider}
 * @param vectorBits the width of the vectors, 0 for scalar code
 */
public record KernelInfo(String provider, int vectorBits) {

  /** Returns the kernels that were chosen, once for this process. */
  public static KernelInfo current() {
    return new KernelInfo(Selection.provider().name(), Selection.provider().vectorBits());
  }
}
