package dev.unroll.autograd.plan;

import dev.unroll.autograd.plan.Expr.Apply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation on loop-invariants is computed once, before the loop, and recorded there: its
 * gradient is not that of a step.
 *
 * <pre>
 * %4 = permute[axes=[1, 0]] %c0      ->      %d0 = once permute[axes=[1, 0]] %c0
 * </pre>
 */
final class HoistInvariants implements Rule.Local {
  @Override
  public @Nullable Expr rewrite(Apply e, List<Expr> in, StepGraph.Builder to) {
    return in.stream().allMatch(Expr::isBoundOnce) ? to.derived(e.op(), !e.isDetached(), in) : null;
  }
}
