package dev.unroll.examples.study;

import dev.unroll.data.Batch;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/**
 * Temporal order (Hochreiter &amp; Schmidhuber 1997, section 5.6, task 6a): among random symbols a,
 * b, c, d, there are two that are X or Y, one early and one in the middle; the target at the end is
 * which of the four orders occurred.
 */
record TemporalOrder(int steps) implements MemoryTask {
  private static final int X = 4; // Y is 5.
  private static final int BEGIN = 6;
  private static final int END = 7;

  /** Rejects sequences that are too short. */
  TemporalOrder {
    MemoryTask.expect(30, steps);
  }

  @Override
  public String sentence() {
    return "temporal order, " + steps + " steps: the fraction of correct orders";
  }

  @Override
  public String published() {
    return """
    Hochreiter & Schmidhuber 1997, table 10, task 6a, T = 100 to 110: LSTM 2,559
    of 2,560; chance is 1/4.
    """;
  }

  @Override
  public int inputSize() {
    return 8;
  }

  @Override
  public int outputSize() {
    return 4;
  }

  @Override
  public Batch batch(RandomKey key, int size) {
    Symbols symbols = new Symbols(size, steps, inputSize());
    int[] orders = new int[size];
    for (int b = 0; b < size; b++) {
      RandomKey own = key.fold(b);
      RandomKey places = own.fold("places");
      int tenth = steps / 10;
      int first = tenth + (int) (places.unit(0) * tenth);
      int second = steps / 2 + (int) (places.unit(1) * tenth);
      orders[b] = (int) (places.unit(2) * 4);
      for (int t = 0; t < steps; t++) {
        int other = (int) (own.unit(t) * X);
        int symbol =
            t == first
                ? X + orders[b] / 2
                : t == second ? X + orders[b] % 2 : t == 0 ? BEGIN : t == steps - 1 ? END : other;
        symbols.put(b, t, symbol);
      }
    }
    return new Batch(symbols.tensor(), Tensor.of(Shape.of(size), orders), false);
  }
}
