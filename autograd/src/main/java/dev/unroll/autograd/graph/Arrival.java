package dev.unroll.autograd.graph;

import dev.unroll.autograd.Variable;
import java.util.Comparator;

/** A variable that the backward pass has reached, and the gradient accumulated at it so far. */
record Arrival(Variable variable, GradientSum sum) {
  /** In reverse order of recording; results of one node are adjacent. */
  static final Comparator<Arrival> LAST_FIRST =
      Comparator.comparingLong((Arrival a) -> -a.node().id());

  /** Returns the node of the variable; leaves are never compared. */
  Node node() {
    Node node = Internals.node(variable);
    if (node == null) {
      throw new IllegalStateException("[gradients] a leaf has no node: " + variable);
    }
    return node;
  }
}
