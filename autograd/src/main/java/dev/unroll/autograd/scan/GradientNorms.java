package dev.unroll.autograd.scan;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Reduction;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Records the norm of the gradient with respect to each step's state: where {@code |dL/dh_t|}
 * shrinks or grows from step to step, gradients vanish or explode (Pascanu, Mikolov &amp; Bengio
 * 2013, "On the difficulty of training recurrent neural networks", arXiv:1211.5063).
 *
 * {@snippet class="snippets.AutogradTest" region="GradientNorms"}
 */
public final class GradientNorms implements Scan.Hook {
  private final Map<Integer, SortedMap<Integer, Double>> norms = new HashMap<>();

  /** Creates an empty record. */
  public GradientNorms() {}

  @Override
  public Variable at(int time, int carried, Variable g) {
    norms.computeIfAbsent(carried, c -> new TreeMap<>()).put(time, Reduction.norm(g.value()));
    return g;
  }

  /**
   * Returns the norms by time of the last backward pass, without steps that no gradient has
   * reached.
   *
   * @param carried the index of the carried variable, in the order of the state's map
   */
  public SortedMap<Integer, Double> of(int carried) {
    return Collections.unmodifiableSortedMap(norms.getOrDefault(carried, new TreeMap<>()));
  }
}
