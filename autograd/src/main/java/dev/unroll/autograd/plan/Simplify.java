package dev.unroll.autograd.plan;

import java.util.List;

/**
 * The pass that rewrites a step into an equal one that takes less work. Each rule is a class of its
 * own; they are applied in this order, and what no result depends on is left out on the way.
 */
final class Simplify {
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
