package dev.unroll.optim;

import dev.unroll.autograd.Parameter;
import java.util.Map;

/**
 * Creates the optimizers of one kind.
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
