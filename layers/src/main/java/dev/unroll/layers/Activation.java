package dev.unroll.layers;

import dev.unroll.autograd.Variable;

/**
 * An elementwise nonlinearity.
 *
 * {@snippet class="snippets.LayersTest" region="Activation"}
 */
@FunctionalInterface
public interface Activation extends Deterministic {

  @Override
  Variable apply(Variable x);

  /** Describes no parameters. */
  @Override
  default void describe(Parts parts) {}

  /** Returns {@code 1 / (1 + exp(-x))}. */
  static Activation sigmoid() {
    return StandardActivation.SIGMOID;
  }

  /** Returns the hyperbolic tangent. */
  static Activation tanh() {
    return StandardActivation.TANH;
  }

  /** Returns {@code max(x, 0)}. */
  static Activation relu() {
    return StandardActivation.RELU;
  }

  /** Returns the identity function. */
  static Activation identity() {
    return StandardActivation.IDENTITY;
  }

  /**
   * Returns this activation of the input clamped to the range from {@code -limit} to {@code limit}.
   */
  default Activation clipped(double limit) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException("[activation] expected a limit above 0, got " + limit);
    }
    return new ClippedActivation(this, limit);
  }
}
