package dev.unroll.examples.study;

import dev.unroll.data.Batch;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/**
 * Endless streams of symbols, split into windows that continue the previous one. The target at each
 * step is the symbol of {@code delay} steps before, as far as the gradient must reach.
 */
record EchoStream(RandomKey key, int delay, int window) {
  static final int SYMBOLS = 4;
  static final int ROWS = 32;

  /** Returns the window of an index, {@code [ROWS, window, SYMBOLS]}. */
  Batch window(long number) {
    long first = number * window;
    Symbols x = new Symbols(ROWS, window, SYMBOLS);
    int[] y = new int[ROWS * window];
    for (int row = 0; row < ROWS; row++) {
      for (int t = 0; t < window; t++) {
        x.put(row, t, symbol(row, first + t));
        long echo = first + t - delay;
        y[row * window + t] = echo < 0 ? -1 : symbol(row, echo);
      }
    }
    return new Batch(x.tensor(), Tensor.of(Shape.of(ROWS, window), y), number > 0);
  }

  private int symbol(int row, long at) {
    return (int) (key.fold(row).unit(at) * SYMBOLS);
  }
}
