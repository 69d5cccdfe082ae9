package dev.unroll.examples.study;

import dev.unroll.data.Batch;
import dev.unroll.data.BatchSource;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/**
 * Streams of symbols without an end, cut into windows that go on where the one before ended. At
 * each step the symbol of some steps before is to be said: the gradient must reach as far.
 */
final class EchoStream implements BatchSource {
  static final int SYMBOLS = 4;
  static final int ROWS = 32;

  private final RandomKey key;
  private final int delay;
  private final int window;
  private final long perEpoch;
  private long position;

  EchoStream(RandomKey key, int delay, int window, long perEpoch) {
    this.key = key;
    this.delay = delay;
    this.window = window;
    this.perEpoch = perEpoch;
  }

  @Override
  public long batchesPerEpoch() {
    return perEpoch;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void seek(long to) {
    position = to;
  }

  @Override
  public Batch next() {
    long first = position * window;
    Symbols x = new Symbols(ROWS, window, SYMBOLS);
    int[] y = new int[ROWS * window];
    for (int row = 0; row < ROWS; row++) {
      for (int t = 0; t < window; t++) {
        x.put(row, t, symbol(row, first + t));
        long echo = first + t - delay;
        y[row * window + t] = echo < 0 ? -1 : symbol(row, echo);
      }
    }
    boolean goesOn = position++ > 0;
    return new Batch(x.tensor(), Tensor.of(Shape.of(ROWS, window), y), goesOn);
  }

  private int symbol(int row, long at) {
    return (int) (key.fold(row).unit(at) * SYMBOLS);
  }
}
