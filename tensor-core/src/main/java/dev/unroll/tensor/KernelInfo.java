package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Selection;

/**
 * The kernels that this process computes with, on which the exact bits of results depend.
 *
 * @param provider the name: see {@link dev.unroll.tensor.spi.KernelProvider}
 * @param vectorBits the width of the vectors, 0 for scalar code
 */
public record KernelInfo(String provider, int vectorBits) {

  /** Returns the kernels that were chosen for this process. */
  public static KernelInfo current() {
    return new KernelInfo(Selection.provider().name(), Selection.provider().vectorBits());
  }
}
