package dev.unroll.layers.sequence.decoding;

import java.util.List;

/** Selects the continuations of a row's open sequences. */
@FunctionalInterface
interface Choice {
  /**
   * A continuation.
   *
   * @param of the index of the open sequence
   * @param token the appended token
   */
  record Next(int of, int token) {}

  /**
   * Selects continuations.
   *
   * @param row the row of the batch
   * @param ended the number of its ended sequences
   * @param open the open sequences, at least one
   * @param logProbabilities the log-probabilities of the next token of each, {@code [open][V]}
   */
  List<Next> of(int row, int ended, Partial[] open, double[][] logProbabilities);
}
