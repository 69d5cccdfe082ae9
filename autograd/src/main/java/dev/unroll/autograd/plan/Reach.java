package dev.unroll.autograd.plan;

import java.util.Set;

/**
 * What the gradients of a run reach, as eager execution would propagate them.
 *
 * @param seeds the results that they arrive at
 * @param values the values of the traced step that they reach at some step, by position
 * @param state the variables of the state that they reach after some step, the last one included
 * @param initial the variables of the state that they reach before the first step
 * @param roles the inputs of the step that they reach; of the state, those of {@code initial}
 */
public record Reach(
    Seeds seeds, Set<Integer> values, Set<Integer> state, Set<Integer> initial, Set<Role> roles) {
  public Reach {
    values = Set.copyOf(values);
    state = Set.copyOf(state);
    initial = Set.copyOf(initial);
    roles = Set.copyOf(roles);
  }

  /** Returns a step as it was traced, in which nothing else has a gradient. */
  StepGraph restrict(StepGraph traced) {
    StepGraph.Builder to = new StepGraph.Builder(traced.type());
    Expr[] now = new Expr[traced.nodes().size()];
    for (Expr e : traced.nodes()) {
      boolean gradient = e.gradient() && values.contains(e.id());
      now[e.id()] =
          switch (e) {
            case Expr.Input in -> to.input(in.role(), in.type(), in.shape(), gradient);
            case Expr.Apply a ->
                to.apply(
                    a.op(),
                    gradient,
                    a.info().line(),
                    a.in().stream().map(u -> now[u.id()]).toList());
          };
    }
    to.results(traced, e -> now[e.id()]);
    return to.build();
  }
}
