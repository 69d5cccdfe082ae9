package dev.unroll.examples.serving;

import dev.unroll.models.Classified;

/** Computes nothing: what remains of a request is HTTP and JSON. */
record ConstantPredictor(Classified answer) implements Predictor {
  @Override
  public Classified predict(Request request) {
    return answer;
  }

  @Override
  public void close() {}
}
