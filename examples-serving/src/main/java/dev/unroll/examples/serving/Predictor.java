package dev.unroll.examples.serving;

import dev.unroll.models.Classified;

/** A model in use; any number of threads may call it. */
interface Predictor extends AutoCloseable {

  /**
   * Predicts the class of one sequence.
   *
   * @throws IllegalArgumentException if the model cannot read the request
   */
  Classified predict(Request request);

  @Override
  void close();
}
