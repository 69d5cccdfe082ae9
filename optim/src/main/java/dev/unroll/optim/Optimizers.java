package dev.unroll.optim;

import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.spi.Registry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;

/**
 * Optimizers by name: the built-in ones, and those of every {@link OptimizerProvider}.
 *
 * {@snippet class="snippets.OptimTest" region="Optimizers"}
 */
public final class Optimizers {
  private Optimizers() {}

  /**
   * Returns an optimizer by name, with the defaults of its paper. Names are those of the {@link
   * OptimizerProvider}s on the module path or class path.
   *
   * @throws IllegalArgumentException if the name is unknown; the message lists the names
   * @throws IllegalStateException if two providers have the same name, or one is invalid
   */
  public static Optimizer named(String name, Map<String, Parameter> parameters) {
    Objects.requireNonNull(name, "name");
    Checks.noneNull("parameters", parameters);
    return optimizers().create(name, f -> f.create(parameters));
  }

  /** Returns the names of all optimizers, in alphabetical order: see {@link #named}. */
  public static List<String> names() {
    return optimizers().names();
  }

  private static Registry<OptimizerFactory> optimizers() {
    return Registry.load(
        "optimizer", OptimizerProvider.class, l -> ServiceLoader.load(OptimizerProvider.class, l));
  }
}
