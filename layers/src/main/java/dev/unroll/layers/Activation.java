package dev.unroll.layers;

import dev.unroll.autograd.Variable;

/** What bends a sum: a function of each element by itself. */
@FunctionalInterface
public interface Activation extends Deterministic {

  @Override
  Variable apply(Variable x);

  /** Says that there are no parameters. */
  @Override
  default void describe(Parts parts) {}

  /** Returns {@code 1 / (1 + exp(-x))}. */
  static Activation sigmoid() {
    return Variable::sigmoid;
  }

  /** Returns the hyperbolic tangent. */
  static Activation tanh() {
    return Variable::tanh;
  }

  /** Returns {@code max(x, 0)}. */
  static Activation relu() {
    return Variable::relu;
  }

  /** Returns the function that changes nothing. */
  static Activation identity() {
    return x -> x;
  }

  /** Returns the same after everything outside {@code -limit} to {@code limit} went to that end. */
  default Activation clipped(double limit) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException("[activation] limit must be above 0, not " + limit);
    }
    return x -> apply(x.clamp(-limit, limit));
  }
}
