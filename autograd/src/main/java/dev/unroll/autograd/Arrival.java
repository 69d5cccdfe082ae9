package dev.unroll.autograd;

import java.util.Comparator;

/** A variable that the walk has reached, and what has arrived at it so far. */
record Arrival(Variable variable, Sum sum) {
  /** What was recorded last comes first; results of one node stand side by side. */
  static final Comparator<Arrival> LAST_FIRST =
      Comparator.comparingLong((Arrival a) -> -a.node().id)
          .thenComparingInt(a -> a.variable.index());

  /** Returns how the variable was made; there is no comparing of leaves. */
  Node node() {
    Node node = variable.node();
    if (node == null) {
      throw new IllegalStateException("[gradients] a leaf has no node: " + variable);
    }
    return node;
  }
}
