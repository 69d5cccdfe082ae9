package dev.unroll.autograd.plan;

import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.Expr.Input;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A variable of the state that every step returns as it received it, such as the memory that a
 * decoder attends to, is not carried: it is a loop-invariant. A state without any changing variable
 * is left as it is: such a loop computes the same at each step, and its gradients are summed in
 * that order.
 *
 * <pre>
 * %s1 = carried                 %u1 = unchanged state
 * %5 = mul %4 %s1       ->      %5 = mul %4 %u1
 * next 1 %s1
 * </pre>
 */
final class UnchangedState implements Rule {
  @Override
  public StepGraph apply(StepGraph graph, Setting setting) {
    Set<Result> unchanged = new HashSet<>();
    Map<Expr, Integer> index = new HashMap<>();
    List<Result.Next> next = graph.results(Result.Next.class);
    for (Result.Next n : next) {
      if (n.value().equals(graph.carried(n))) {
        unchanged.add(n);
        index.put(n.value(), n.index());
      }
    }
    if (unchanged.isEmpty() || unchanged.size() == next.size()) {
      return graph;
    }
    StepGraph.Builder to = new StepGraph.Builder(graph.type());
    Map<Expr, Expr> now = new HashMap<>();
    for (Input in : graph.inputs()) {
      Integer i = index.get(in);
      now.put(in, i == null ? to.input(in) : input(in, i, setting, to));
    }
    for (Apply e : graph.live()) {
      now.put(e, to.apply(e, now::get));
    }
    for (Result r : graph.results()) {
      if (!unchanged.contains(r)) {
        to.result(r.with(now::get));
      }
    }
    return to.build();
  }

  private static Input input(Input in, int index, Setting setting, StepGraph.Builder to) {
    boolean gradient = in.gradient() && setting.gradients().contains(index);
    return to.input(new Role.Unchanged(index), in.type(), in.shape(), gradient);
  }
}
