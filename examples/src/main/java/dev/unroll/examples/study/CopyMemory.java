package dev.unroll.examples.study;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;

/**
 * Copy memory (Hochreiter &amp; Schmidhuber 1997; in this form Arjovsky, Shah &amp; Bengio 2016,
 * "Unitary evolution recurrent neural networks", arXiv:1511.06464): ten symbols out of eight, a
 * pause and a signal, after which the symbols must be repeated in order.
 */
record CopyMemory(int pause) implements MemoryTask {
  private static final int LENGTH = 10;
  private static final int KINDS = 8;
  private static final int BLANK = KINDS;
  private static final int SIGN = KINDS + 1;

  @Override
  public int steps() {
    return pause + 2 * LENGTH;
  }

  @Override
  public String sentence() {
    return "copy memory, a pause of " + pause + ": the fraction of symbols that are repeated";
  }

  @Override
  public String published() {
    return """
    Arjovsky et al. 2016, pause of 100 and more: LSTMs and tanh networks stay at
    chance, 1/8.
    """;
  }

  @Override
  public int inputSize() {
    return KINDS + 2;
  }

  @Override
  public int outputSize() {
    return KINDS;
  }

  @Override
  public Batch batch(RandomKey key, int size) {
    Symbols symbols = new Symbols(size, steps(), inputSize());
    int[] targets = new int[size * steps()];
    Arrays.fill(targets, -1);
    for (int b = 0; b < size; b++) {
      RandomKey own = key.fold(b);
      for (int t = 0; t < steps(); t++) {
        int symbol = t < LENGTH ? (int) (own.unit(t) * KINDS) : BLANK;
        if (t < LENGTH) {
          targets[b * steps() + steps() - LENGTH + t] = symbol;
        }
        symbols.put(b, t, t == steps() - LENGTH - 1 ? SIGN : symbol);
      }
    }
    return new Batch(symbols.tensor(), Tensor.of(Shape.of(size, steps()), targets), false);
  }

  @Override
  public Variable answer(Variable outputs) {
    return outputs;
  }
}
