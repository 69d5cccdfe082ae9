package dev.unroll.tensor.spi;

import java.util.Map;

/** A set of kernels, which offers itself; {@code -Ddev.unroll.kernels} selects one by name. */
public interface KernelProvider extends Provider<KernelProvider> {
  /** Returns the name, in lower case: {@code simd}. */
  String name();

  @Override
  default Map<String, KernelProvider> byName() {
    return Map.of(name(), this);
  }

  /** Returns the priority: the available provider with the highest one is chosen. */
  int priority();

  /**
   * Returns the reason why these kernels cannot run in this process, or an empty string if they
   * can.
   */
  String obstacle();

  /** Returns the width of the vectors used, in bits; 0 for scalar code. */
  int vectorBits();

  /** Returns the kernels over {@code float[]}. */
  Kernels<float[]> float32();

  /** Returns the kernels over {@code double[]}. */
  Kernels<double[]> float64();
}
