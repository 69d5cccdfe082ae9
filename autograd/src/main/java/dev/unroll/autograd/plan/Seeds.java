package dev.unroll.autograd.plan;

import java.util.Set;

/**
 * The results of a run that gradients arrive at: those that a loss reads.
 *
 * @param outputs the indices of outputs
 * @param state the indices of variables of the state, after the last step
 */
public record Seeds(Set<Integer> outputs, Set<Integer> state) {
  public Seeds {
    outputs = Set.copyOf(outputs);
    state = Set.copyOf(state);
  }
}
