package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

/** Applies one rule to a text. */
final class Rules {
  private Rules() {}

  /** Checks what a rule makes of a step. */
  static void rewrites(Rule rule, int steps, String before, String after) {
    StepGraph graph = rule.apply(Graphs.parse(before), new Setting(steps, Set.of()));
    assertThat(graph).hasToString(after);
    assertThat(Verifier.holds(graph)).isTrue();
    assertThat(Graphs.parse(after)).hasToString(after);
  }

  /** Checks that a rule leaves a step as it is. */
  static void keeps(Rule rule, int steps, String text) {
    rewrites(rule, steps, text, text);
  }
}
