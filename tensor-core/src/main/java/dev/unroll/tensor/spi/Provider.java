package dev.unroll.tensor.spi;

import java.util.Map;

/**
 * A service that offers implementations of one kind by name: cells, optimizers, tokenizers,
 * kernels. A module or a jar has one provider of a kind, with a public constructor that does
 * nothing; it names the provider in {@code provides ... with} of its module descriptor, and on the
 * class path in a file {@code META-INF/services/INTERFACE}. See {@link Registry} for where
 * providers are found.
 *
 * @param <T> the kind: a factory, in most cases
 */
public interface Provider<T> {
  /**
   * Returns the implementations by name, in lower case, without colons and spaces: {@code lstm}.
   */
  Map<String, T> byName();
}
