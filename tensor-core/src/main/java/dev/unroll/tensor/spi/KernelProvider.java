package dev.unroll.tensor.spi;

/** A set of kernels, which {@code -Ddev.unroll.kernels} selects by name. */
public interface KernelProvider extends Named {
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
