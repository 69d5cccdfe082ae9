package dev.unroll.examples.study;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.loss.Loss;
import dev.unroll.tensor.RandomKey;
import dev.unroll.training.Metric;

/** A synthetic task that requires memory. */
sealed interface MemoryTask permits AddingProblem, TemporalOrder, CopyMemory {

  /**
   * Rejects sequences that are too short.
   *
   * @throws IllegalArgumentException if there are too few steps
   */
  static void expect(int fewest, int steps) {
    if (steps < fewest) {
      throw new IllegalArgumentException(
          "expected a length of at least " + fewest + ", not " + steps);
    }
  }

  /** Returns a description in one sentence. */
  String sentence();

  /** Returns published results, in lines that end with a line feed. */
  String published();

  /** Returns T, the length of a sequence. */
  int steps();

  int inputSize();

  int outputSize();

  /** Returns sequences drawn from the key. */
  Batch batch(RandomKey key, int size);

  /** Returns the predictions among the network's outputs {@code [B, T, O]}: by default the last. */
  default Variable answer(Variable outputs) {
    return outputs.select(1, steps() - 1);
  }

  /** Returns the loss. */
  default Loss loss() {
    return Loss.crossEntropy();
  }

  /** Returns the metric of success. */
  default Metric metric() {
    return Metric.accuracy();
  }
}
