package dev.unroll.autograd;

import dev.unroll.autograd.graph.Node;
import dev.unroll.autograd.graph.ReplayNode;
import dev.unroll.autograd.graph.Scope;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Trades time for memory: a function's intermediate results are not saved for the backward pass but
 * recomputed there (Chen et al. 2016, "Training deep nets with sublinear memory cost",
 * arXiv:1604.06174). Gradients are equal bit for bit.
 */
public final class Checkpoint {
  private Checkpoint() {}

  /**
   * Runs a function and saves only its results and the variables that it reads.
   *
   * {@snippet class="snippets.AutogradTest" region="Checkpoint"}
   *
   * @param function run again in the backward pass, where it must return the same: the variables
   *     that it reads must not have changed, and its random numbers must come from keys
   * @return the results, without their graph
   */
  public static List<Variable> of(Supplier<List<Variable>> function) {
    if (!Scope.current().records()) {
      return function.get();
    }
    long before = Node.last();
    List<Variable> results = function.get();
    List<Shape> shapes = results.stream().map(Variable::shape).toList();
    Node node = new ReplayNode("checkpoint", shapes, function, null, borders(results, before));
    List<Variable> kept = new ArrayList<>();
    for (Variable v : results) {
      kept.add(v.requiresGradient() ? Variable.result(v.value(), node, kept.size()) : v.detach());
    }
    return kept;
  }

  /**
   * Returns the variables that results depend on and that precede a node.
   *
   * @param before the id of the node
   */
  private static Variable[] borders(List<Variable> results, long before) {
    List<Variable> borders = new ArrayList<>();
    Set<Variable> seen = new HashSet<>(results);
    List<Variable> open = new ArrayList<>(results);
    while (!open.isEmpty()) {
      Variable v = open.removeLast();
      Node node = v.node();
      if (node == null || node.id() <= before) {
        if (v.requiresGradient()) {
          borders.add(v);
        }
      } else {
        for (Variable in : node.inputs()) {
          if (seen.add(in)) {
            open.add(in);
          }
        }
      }
    }
    return borders.toArray(Variable[]::new);
  }
}
