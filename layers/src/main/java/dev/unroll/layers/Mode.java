package dev.unroll.layers;

import dev.unroll.tensor.RandomKey;

/**
 * Whether a layer runs for training or for use. An argument of every layer that may care, never a
 * field: a layer has no state.
 */
public sealed interface Mode {

  /** Returns the mode of use: nothing is random. */
  static Mode evaluation() {
    return Evaluation.ONLY;
  }

  /**
   * Returns the mode of training.
   *
   * @param key where randomness comes from; another one for each step of training
   */
  static Mode training(RandomKey key) {
    return new Training(key);
  }

  /** Use. */
  enum Evaluation implements Mode {
    ONLY
  }

  /** Training, with its randomness. */
  record Training(RandomKey key) implements Mode {}
}
