package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;

/**
 * A vector for each code: {@code [...] -> [..., E]}. Its gradient stays rows: only the vectors
 * looked up are touched.
 *
 * @param weight {@code [V, E]}
 */
public record Embedding(Parameter weight) implements Layer {

  /** Returns a layer whose vectors are normal numbers of deviation 0.1. */
  public static Embedding of(int vocabulary, int size, Init init) {
    return new Embedding(init.at("weight").normal(0.1, vocabulary, size));
  }

  /**
   * Looks codes up.
   *
   * @param codes int32, each from 0 to V - 1
   */
  public Variable apply(Variable codes) {
    return weight.rows(codes);
  }

  @Override
  public void describe(Parts parts) {
    parts.parameter("weight", weight);
  }
}
