/**
 * The provider of the built-in optimizers.
 *
 * <p>Not here: the rules, which are in {@code optim}. The package is not exported.
 *
 * <p>Begin with {@link dev.unroll.optim.builtin.BuiltInOptimizers}.
 */
package dev.unroll.optim.builtin;
