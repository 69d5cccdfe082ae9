package dev.unroll.autograd.plan;

import dev.unroll.autograd.plan.Expr.Apply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One entry of {@link Simplify}: rewrites a step into an equivalent, cheaper one. */
interface Rule {

  /** Returns the step with the rule applied wherever it applies. */
  StepGraph apply(StepGraph graph, Setting setting);

  /** A rule that looks at one operation at a time. */
  interface Local extends Rule {

    /**
     * Returns the counterpart of an operation in the new graph, or null where the rule does not
     * apply.
     *
     * @param e the operation in the old graph
     * @param in the counterparts of its operands
     */
    @Nullable Expr rewrite(Apply e, List<Expr> in, StepGraph.Builder to);

    @Override
    default StepGraph apply(StepGraph graph, Setting setting) {
      StepGraph.Builder to = new StepGraph.Builder(graph.type());
      Map<Expr, Expr> now = new HashMap<>();
      graph.inputs().forEach(in -> now.put(in, to.input(in)));
      for (Apply e : graph.live()) {
        Expr other = rewrite(e, e.in().stream().map(now::get).toList(), to);
        now.put(e, other == null ? to.apply(e, now::get) : other);
      }
      to.results(graph, now::get);
      return to.build().swept();
    }
  }
}
