package dev.unroll.tensor.spi;

/** A set of kernels, which {@code -Ddev.unroll.kernels} selects by name. */
public interface KernelProvider extends Named {
  /** Returns which of several available providers is taken: the one with the largest number. */
  int priority();

  /** Returns why these kernels cannot run in this process, or an empty text if they can. */
  String obstacle();

  /** Returns the width of the vectors used, in bits; 0 for scalar code. */
  int vectorBits();

  /** Returns the kernels over {@code float[]}. */
  Kernels<float[]> float32();

  /** Returns the kernels over {@code double[]}. */
  Kernels<double[]> float64();
}
