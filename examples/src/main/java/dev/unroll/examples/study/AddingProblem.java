package dev.unroll.examples.study;

import dev.unroll.data.Batch;
import dev.unroll.layers.loss.Loss;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.training.Metric;

/**
 * The adding problem (Hochreiter &amp; Schmidhuber 1997, section 5.4): numbers from -1 to 1, two of
 * which are marked; after the last step the network answers with their sum, as {@code 0.5 + (a + b)
 * / 4}.
 *
 * @param marks which two numbers are marked
 */
record AddingProblem(int steps, Marks marks) implements MemoryTask {
  /** The positions of the two marks in a sequence of T steps. */
  enum Marks {
    /** One in each half (Arjovsky, Shah &amp; Bengio 2016, arXiv:1511.06464). */
    HALVES(
        "one mark in each half",
        """
        Arjovsky et al. 2016: LSTMs learn it. Their numbers are from 0 to 1, and the
        answer is their plain sum.
        """),

    /**
     * One in the first ten steps and one in the rest of the first half (Hochreiter &amp;
     * Schmidhuber 1997): at least T / 2 steps without a mark follow.
     */
    EARLY(
        "both marks in the first half",
        """
        Hochreiter & Schmidhuber 1997, table 7, T = 100: LSTM 2,559 of 2,560; fully
        recurrent nets do not learn it. Their LSTM had no forget gate.
        """);

    private final String sentence;
    private final String published;

    Marks(String sentence, String published) {
      this.sentence = sentence;
      this.published = published;
    }
  }

  /** As in the paper, an answer is right if its error is below this. */
  private static final double NEAR = 0.04;

  /** Rejects sequences that are too short. */
  AddingProblem {
    MemoryTask.expect(30, steps);
  }

  @Override
  public String sentence() {
    return "adding problem, "
        + steps
        + " steps, "
        + marks.sentence
        + ": the fraction of answers with an error below 0.04";
  }

  @Override
  public String published() {
    return marks.published;
  }

  @Override
  public int inputSize() {
    return 2;
  }

  @Override
  public int outputSize() {
    return 1;
  }

  @Override
  public Batch batch(RandomKey key, int size) {
    float[] x = new float[size * steps * 2];
    float[] y = new float[size];
    for (int b = 0; b < size; b++) {
      RandomKey own = key.fold(b);
      for (int t = 0; t < steps; t++) {
        x[(b * steps + t) * 2] = (float) (2 * own.unit(t) - 1);
      }
      RandomKey places = own.fold("places");
      int half = steps / 2;
      int cut = marks == Marks.HALVES ? half : 10;
      int end = marks == Marks.HALVES ? steps : half;
      int first = (int) (places.unit(0) * cut);
      int second = cut + (int) (places.unit(1) * (end - cut));
      x[(b * steps + first) * 2 + 1] = 1;
      x[(b * steps + second) * 2 + 1] = 1;
      y[b] = 0.5f + (x[(b * steps + first) * 2] + x[(b * steps + second) * 2]) / 4;
    }
    return new Batch(
        Tensor.of(Shape.of(size, steps, 2), x), Tensor.of(Shape.of(size, 1), y), false);
  }

  @Override
  public Loss loss() {
    return Loss.mse();
  }

  @Override
  public Metric metric() {
    return Metric.within(NEAR);
  }
}
