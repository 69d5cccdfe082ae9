package dev.unroll.autograd.graph;

import dev.unroll.autograd.Variable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The backward pass of a {@link ReplayNode} that computes gradients without a graph. */
public interface DirectBackward {

  /** Receives the gradient with respect to one input. */
  @FunctionalInterface
  interface Sender {
    /** Sends a gradient to input {@code i}; several for one input are added. */
    void send(int i, Variable gradient);
  }

  /**
   * Returns whether the gradients can be computed, if gradients with respect to some results have
   * arrived.
   *
   * @param arrived the indices of these results
   */
  boolean isPossible(Set<Integer> arrived);

  /**
   * Computes the gradients with respect to the inputs.
   *
   * @param arrived the gradients with respect to the results, null where there is none
   * @param in the inputs
   */
  void backward(@Nullable Variable[] arrived, Variable[] in, Sender sender);

  /** Releases what was saved for the backward pass. */
  void release();
}
