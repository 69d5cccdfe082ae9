package dev.unroll.autograd.plan;

import dev.unroll.autograd.op.Elementwise.Identity;
import dev.unroll.autograd.op.Movement.Pad;
import dev.unroll.autograd.plan.Expr.Apply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The pass that gives each result a value of its own, to be computed into the buffer of the result.
 * An input, a view, a padded value, and a value that is already a result of the same kind are
 * copied.
 *
 * <pre>
 * output 0 %s0      ->      %9 = identity[number=0] %s0
 *                           output 0 %9
 * </pre>
 */
final class PlaceResults {
  private final StepGraph.Builder to;
  private int copies;

  private PlaceResults(StepGraph graph) {
    to = StepGraph.Builder.extending(graph);
  }

  static StepGraph of(StepGraph graph) {
    return new PlaceResults(graph).run(graph);
  }

  private StepGraph run(StepGraph graph) {
    List<Result> next = placed(graph.results(Result.Next.class), PlaceResults::canMove);
    List<Result> outputs = placed(graph.results(Result.Output.class), PlaceResults::isWhole);
    outputs.forEach(to::result);
    next.forEach(to::result);
    graph.results(Result.Accumulate.class).forEach(to::result);
    return to.build();
  }

  private List<Result> placed(List<? extends Result> results, Predicate<Expr> fits) {
    Set<Expr> taken = new HashSet<>();
    List<Result> placed = new ArrayList<>();
    for (Result r : results) {
      placed.add(r.with(e -> fits.test(e) && taken.add(e) ? e : copy(e, taken)));
    }
    return placed;
  }

  private Expr copy(Expr e, Set<Expr> taken) {
    while (true) { // The step may have created the first of such copies itself, to detach a value.
      Expr copy = to.apply(new Identity(copies++), e.gradient(), null, List.of(e));
      if (taken.add(copy)) {
        return copy;
      }
    }
  }

  /**
   * Returns whether a value is computed as a whole: the zeros of padding come with a new buffer.
   */
  private static boolean isWhole(Expr e) {
    return e instanceof Apply a && !e.isView() && !(a.op() instanceof Pad);
  }

  /** Returns whether a value can be computed in the buffer from which the next step reads it. */
  private static boolean canMove(Expr e) {
    Product p = Product.of(e);
    return e.isPointwise() || (p != null && p.addend() == null);
  }
}
