package dev.unroll.autograd.graph;

import dev.unroll.autograd.Variable;
import java.util.List;
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
   * Returns whether this is the backward pass for gradients with respect to some results.
   *
   * @param arrived the indices of these results
   */
  boolean isFor(Set<Integer> arrived);

  /** Returns the results again, from a node that is for gradients with respect to some of them. */
  List<Variable> again(Set<Integer> arrived);

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
