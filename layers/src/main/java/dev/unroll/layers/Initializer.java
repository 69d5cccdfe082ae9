package dev.unroll.layers;

import dev.unroll.autograd.Parameter;

/**
 * Chooses initial values by shape alone, in place of the layer: see {@link Init#weights} and {@link
 * Init#part}.
 *
 * {@snippet class="snippets.LayersTest" region="Initializer"}
 */
@FunctionalInterface
public interface Initializer {

  /**
   * Returns a parameter.
   *
   * @param init the type and the key of this parameter
   * @param dims its shape
   */
  Parameter create(Init init, int... dims);

  /** Returns uniformly distributed values: see {@link Init#uniform}. */
  static Initializer uniform(double limit) {
    return InitPolicy.named("uniform(" + limit + ")", (init, dims) -> init.uniform(limit, dims));
  }

  /** Returns normally distributed values: see {@link Init#normal}. */
  static Initializer normal(double deviation) {
    return InitPolicy.named(
        "normal(" + deviation + ")", (init, dims) -> init.normal(deviation, dims));
  }

  /** Returns a constant, such as 0. */
  static Initializer constant(double value) {
    return InitPolicy.named("constant(" + value + ")", (init, dims) -> init.full(value, dims));
  }

  /** Returns the values that the layer chooses, for an exception from {@link Init#weights}. */
  static Initializer standard() {
    return InitPolicy.STANDARD;
  }
}
