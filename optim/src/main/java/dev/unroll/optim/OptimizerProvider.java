package dev.unroll.optim;

import dev.unroll.tensor.spi.Provider;

/**
 * Makes the optimizers of a module available by name.
 *
 * {@snippet class="snippets.OptimTest" region="OptimizerProvider"}
 */
public interface OptimizerProvider extends Provider<OptimizerFactory> {}
