package dev.unroll.autograd.plan;

import java.util.List;

/**
 * The pass that rewrites a step into an equivalent, cheaper one. Each rule is a class of its own;
 * they are applied in this order, and unused operations are removed.
 */
final class Simplify {
  // A variable of the state that never changes is a loop-invariant for the rules after the first;
  // merged products cut weights into parts, which the last computes once before the loop.
  static final List<Rule> RULES =
      List.of(new UnchangedState(), new MergeProducts(), new HoistInvariants());

  private Simplify() {}

  static StepGraph of(StepGraph step, Setting setting) {
    StepGraph now = step;
    for (Rule rule : RULES) {
      now = rule.apply(now, setting);
      assert Verifier.holds(now) : rule;
    }
    return now;
  }
}
