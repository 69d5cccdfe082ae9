package dev.unroll.autograd.graph;

import dev.unroll.autograd.Variable;
import java.util.Comparator;

/** A variable that the walk has reached, and what has arrived at it so far. */
record Arrival(Variable variable, GradientSum sum) {
  /** What was recorded last comes first; results of one node stand side by side. */
  static final Comparator<Arrival> LAST_FIRST =
      Comparator.comparingLong((Arrival a) -> -a.node().id())
          .thenComparingInt(a -> Internals.index(a.variable));

  /** Returns how the variable was made; there is no comparing of leaves. */
  Node node() {
    Node node = Internals.node(variable);
    if (node == null) {
      throw new IllegalStateException("[gradients] a leaf has no node: " + variable);
    }
    return node;
  }
}
