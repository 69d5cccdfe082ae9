package dev.unroll.autograd.scan;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Reduction;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Records how long the gradient by each step's state is: where {@code |dL/dh_t|} shrinks or grows
 * from step to step, gradients vanish or explode (Pascanu, Mikolov &amp; Bengio 2013, "On the
 * difficulty of training recurrent neural networks", arXiv:1211.5063).
 *
 * <pre>{@code
 * GradientNorms norms = new GradientNorms();
 * Unroll<LstmState> watched = unroll.onGradient(norms);
 * }</pre>
 */
public final class GradientNorms implements Scan.Hook {
  private final Map<Integer, SortedMap<Integer, Double>> norms = new HashMap<>();

  /** Returns a record in which nothing stands yet. */
  public GradientNorms() {}

  @Override
  public Variable at(int time, int carried, Variable g) {
    norms.computeIfAbsent(carried, c -> new TreeMap<>()).put(time, Reduction.norm(g.value()));
    return g;
  }

  /**
   * Returns the norms by time, of the last backward pass that reached a step; steps that none
   * reached are missing.
   *
   * @param carried which of the carried variables: of a state, in the order of its map
   */
  public SortedMap<Integer, Double> of(int carried) {
    return Collections.unmodifiableSortedMap(norms.getOrDefault(carried, new TreeMap<>()));
  }
}
