package dev.unroll.autograd;

import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A piece of the graph of which only the borders are kept. The backward walk computes it again and
 * goes on through the new piece as if it had always been there.
 */
final class CheckpointNode extends Node {
  private @Nullable Supplier<List<Variable>> function;
  private final List<Shape> shapes;

  /**
   * Keeps the borders of a piece.
   *
   * @param results of the function
   * @param before a number above the nodes that were there before the function ran
   */
  CheckpointNode(Supplier<List<Variable>> function, List<Variable> results, long before) {
    super(Scope.current().origin(), borders(results, before));
    this.function = function;
    this.shapes = results.stream().map(Variable::shape).toList();
  }

  /** Returns the variables on which a piece depends and that are no part of it. */
  private static Variable[] borders(List<Variable> results, long before) {
    List<Variable> borders = new ArrayList<>();
    Set<Variable> seen = new HashSet<>(results);
    List<Variable> open = new ArrayList<>(results);
    while (!open.isEmpty()) {
      Variable v = open.removeLast();
      Node node = v.node();
      if (node == null || node.id <= before) {
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

  @Override
  String name() {
    return "checkpoint";
  }

  @Override
  void backward(List<Arrival> results, Walk walk) {
    inputs();
    Supplier<List<Variable>> f = function;
    List<Variable> again = f == null ? List.of() : walk.again().call(f);
    List<Shape> now = again.stream().map(Variable::shape).toList();
    if (!now.equals(shapes)) {
      throw new IllegalStateException(
          "[checkpoint] the function returned " + shapes + " first, and " + now + " when repeated");
    }
    for (Arrival a : results) {
      walk.replace(a, again.get(a.variable().index()));
    }
  }

  @Override
  void release() {
    super.release();
    function = null;
  }
}
