package dev.unroll.optim.spi;

import dev.unroll.autograd.Parameter;
import dev.unroll.optim.Optimizer;
import java.util.Map;

/**
 * Creates the optimizers of one kind. Every {@link dev.unroll.optim.Rule} is a factory.
 *
 * {@snippet class="snippets.OptimTest" region="OptimizerFactory"}
 */
@FunctionalInterface
public interface OptimizerFactory {
  /**
   * Returns an optimizer that has made no update yet.
   *
   * @param parameters what it updates, by the names under which its state is saved
   */
  Optimizer create(Map<String, Parameter> parameters);
}
