package dev.unroll.tensor.simd;

import dev.unroll.tensor.spi.KernelProvider;
import dev.unroll.tensor.spi.Kernels;

/**
 * Kernels on {@code jdk.incubator.vector}. This class names no class of that module, so that it
 * loads where the module is missing.
 */
public final class SimdKernelProvider implements KernelProvider {
  @Override
  public String name() {
    return "simd";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public String obstacle() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? ""
        : "the module jdk.incubator.vector is not there (run on the module path, or with"
            + " --add-modules jdk.incubator.vector)";
  }

  @Override
  public int vectorBits() {
    return Species.bits();
  }

  @Override
  public Kernels<float[]> float32() {
    return new SimdFloatKernels();
  }

  @Override
  public Kernels<double[]> float64() {
    return new SimdDoubleKernels();
  }
}
