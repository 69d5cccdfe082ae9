package dev.unroll.layers;

import dev.unroll.autograd.Variable;

/** See {@link Activation#clipped}. */
record ClippedActivation(Activation activation, double limit) implements Activation {
  @Override
  public Variable apply(Variable x) {
    return activation.apply(x.clamp(-limit, limit));
  }

  @Override
  public String toString() {
    return activation + ".clipped(" + limit + ")";
  }
}
