package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/** The random numbers of a sequence's steps. */
final class Noise {
  private Noise() {}

  /**
   * Returns numbers {@code [T, B, n]} from 0 to 1, each a function of the key, the time, the row
   * and the column only: independent of the batch, and of where in a longer sequence this part
   * begins.
   *
   * @param offset the time of the first step
   * @param x {@code [T, B, ...]}
   */
  static Tensor of(RandomKey key, int offset, Variable x, int n) {
    int steps = x.shape().dim(0);
    int batch = x.shape().dim(1);
    Shape shape = Shape.of(steps, batch, n);
    float[] all = new float[shape.size()];
    for (int t = 0; t < steps; t++) {
      RandomKey now = key.fold("noise").fold(offset + t);
      for (int b = 0; b < batch; b++) {
        for (int i = 0; i < n; i++) {
          all[(t * batch + b) * n + i] = (float) now.unit(((long) b << 32) + i);
        }
      }
    }
    return Tensor.of(shape, all).to(x.type());
  }
}
