package dev.unroll.examples.study;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.loss.Loss;
import dev.unroll.tensor.RandomKey;
import dev.unroll.training.Metric;

/** Something that only memory can tell, made by a rule. */
sealed interface MemoryTask permits AddingProblem, TemporalOrder, CopyMemory {

  /**
   * Refuses sequences that are too short for a rule.
   *
   * @throws IllegalArgumentException if there are fewer steps than the fewest
   */
  static void expect(int fewest, int steps) {
    if (steps < fewest) {
      throw new IllegalArgumentException(
          "expected a length of at least " + fewest + ", not " + steps);
    }
  }

  /** Returns what it is, in a sentence. */
  String sentence();

  /** Returns what others have measured, in lines that end with a line feed. */
  String published();

  /** Returns T, how long a sequence is. */
  int steps();

  int inputSize();

  int outputSize();

  /** Returns sequences, a function of the key. */
  Batch batch(RandomKey key, int size);

  /** Returns what is judged, out of the network's outputs at every step {@code [B, T, O]}. */
  Variable answer(Variable outputs);

  Loss loss();

  /** Returns what tells whether it is solved. */
  Metric metric();
}
