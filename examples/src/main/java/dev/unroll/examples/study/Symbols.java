package dev.unroll.examples.study;

import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/** Sequences of one-hot symbols. */
final class Symbols {
  private final int steps;
  private final int kinds;
  private final float[] x;

  Symbols(int batch, int steps, int kinds) {
    this.steps = steps;
    this.kinds = kinds;
    x = new float[batch * steps * kinds];
  }

  void put(int row, int step, int symbol) {
    x[(row * steps + step) * kinds + symbol] = 1;
  }

  /** Returns {@code [B, T, kinds]}. */
  Tensor tensor() {
    return Tensor.of(Shape.of(x.length / steps / kinds, steps, kinds), x);
  }
}
