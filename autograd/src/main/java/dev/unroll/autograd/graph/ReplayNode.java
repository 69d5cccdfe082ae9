package dev.unroll.autograd.graph;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of the graph that can be recomputed. The backward pass recomputes it and continues through
 * the new graph, unless gradients are not recorded and there is a {@link DirectBackward} for the
 * results that they arrive at.
 */
public final class ReplayNode extends Node {
  private final String name;
  private final List<Shape> shapes;
  private @Nullable Supplier<List<Variable>> replay;
  private @Nullable DirectBackward direct;

  /**
   * Creates the node.
   *
   * @param shapes the shapes of the results
   * @param replay recomputes the results
   * @param direct a backward pass that needs no graph, or null
   * @param in the variables that the results depend on
   */
  public ReplayNode(
      String name,
      List<Shape> shapes,
      Supplier<List<Variable>> replay,
      @Nullable DirectBackward direct,
      Variable... in) {
    super(Scope.current().origin(), in);
    this.name = name;
    this.shapes = shapes;
    this.replay = replay;
    this.direct = direct;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  void backward(List<Arrival> arrived, BackwardPass pass) {
    Variable[] in = inputs();
    DirectBackward d = direct;
    if (d == null || Scope.current().records()) {
      replace(replay, arrived, pass);
      return;
    }
    Set<Integer> indices = new HashSet<>();
    arrived.forEach(a -> indices.add(Internals.index(a.variable())));
    if (!d.isFor(indices)) {
      replace(() -> d.again(indices), arrived, pass);
      return;
    }
    @Nullable Variable[] g = new @Nullable Variable[shapes.size()];
    for (Arrival a : arrived) {
      g[Internals.index(a.variable())] = pass.sum(a);
    }
    d.backward(g, in, (i, gradient) -> pass.send(this, in[i], gradient));
  }

  private void replace(
      @Nullable Supplier<List<Variable>> r, List<Arrival> arrived, BackwardPass pass) {
    List<Variable> again = r == null ? List.of() : pass.again().call(r);
    List<Shape> now = again.stream().map(Variable::shape).toList();
    if (!now.equals(shapes)) {
      throw new IllegalStateException(
          "["
              + name
              + "] the function returned "
              + shapes
              + " first, and "
              + now
              + " when repeated");
    }
    for (Arrival a : arrived) {
      pass.replace(a, again.get(Internals.index(a.variable())));
    }
  }

  @Override
  void release() {
    super.release();
    if (direct != null) {
      direct.release();
    }
    direct = null;
    replay = null;
  }
}
