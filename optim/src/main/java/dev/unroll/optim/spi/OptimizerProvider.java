package dev.unroll.optim.spi;

import dev.unroll.autograd.Parameter;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.spi.Named;
import java.util.Map;

/**
 * Creates optimizers that are selected by name. Every {@link dev.unroll.optim.Rule} with a
 * no-argument constructor is a provider.
 */
public interface OptimizerProvider extends Named {
  /**
   * Creates an optimizer.
   *
   * @param parameters the parameters to update, by the names under which their state is saved
   */
  Optimizer create(Map<String, Parameter> parameters);
}
