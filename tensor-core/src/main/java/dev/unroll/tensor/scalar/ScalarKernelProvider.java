package dev.unroll.tensor.scalar;

import dev.unroll.tensor.spi.KernelProvider;
import dev.unroll.tensor.spi.Kernels;

/** Kernels in plain Java, which run everywhere. */
public final class ScalarKernelProvider implements KernelProvider {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public String obstacle() {
    return "";
  }

  @Override
  public int vectorBits() {
    return 0;
  }

  @Override
  public Kernels<float[]> float32() {
    return new ScalarFloatKernels();
  }

  @Override
  public Kernels<double[]> float64() {
    return new ScalarDoubleKernels();
  }
}
