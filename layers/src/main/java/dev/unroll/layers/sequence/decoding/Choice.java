package dev.unroll.layers.sequence.decoding;

import java.util.List;

/** Which continuations of the open sequences of one row a search goes on with. */
@FunctionalInterface
interface Choice {
  /**
   * A continuation.
   *
   * @param of the number of the open sequence
   * @param token what is put behind it
   */
  record Next(int of, int token) {}

  /**
   * Chooses.
   *
   * @param row of the batch
   * @param ended how many of its sequences have ended
   * @param open the sequences that have not ended, at least one
   * @param logProbabilities of the tokens behind each, {@code [open][V]}
   */
  List<Next> of(int row, int ended, Partial[] open, double[][] logProbabilities);
}
