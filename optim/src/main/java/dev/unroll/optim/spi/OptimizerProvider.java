package dev.unroll.optim.spi;

import dev.unroll.autograd.Parameter;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.spi.Named;
import java.util.Map;

/**
 * Makes optimizers that are chosen by name. Every {@link dev.unroll.optim.Rule} with a constructor
 * without arguments is a provider.
 */
public interface OptimizerProvider extends Named {
  /**
   * Returns an optimizer that has made no update yet.
   *
   * @param parameters what it moves, by the names under which its state is saved
   */
  Optimizer create(Map<String, Parameter> parameters);
}
