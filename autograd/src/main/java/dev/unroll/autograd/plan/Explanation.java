package dev.unroll.autograd.plan;

import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.Expr.Input;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan in words. */
final class Explanation {
  private final StringBuilder text = new StringBuilder();

  private Explanation() {}

  static String of(List<Fused> tasks, Lowered lowered) {
    Explanation e = new Explanation();
    StepGraph forward = tasks.getFirst().step().graph();
    forward.inputs().forEach(e::derived);
    e.sweep("forward ", tasks.getFirst());
    tasks.stream().skip(1).forEach(back -> e.sweep("backward", back));
    e.saved(forward, lowered.loop().savedPerStep());
    return e.text.toString();
  }

  private void derived(Input in) {
    if (in.role() instanceof Role.Derived d) {
      line("before   once      " + d.op().name() + " -> " + in.shape());
    }
  }

  private void sweep(String pass, Fused fused) {
    for (Fused.Task t : fused.tasks()) {
      Apply first = t.first();
      if (!first.isView()) {
        String what =
            t.of().size() > 1
                ? t.of().size() + " elementwise operations fused"
                : first.op().name() + " " + first.in().stream().map(Expr::shape).toList();
        line(pass + " " + stage(t.stage()) + " " + what + " -> " + first.shape());
      }
    }
    int sums = fused.step().graph().results(Result.Accumulate.class).size();
    if (sums > 0) {
      line(pass + " all steps " + sums + " terms of gradients by loop-invariants accumulated");
    }
  }

  private static String stage(Stage stage) {
    String s = stage.toString();
    return s + " ".repeat(Math.max(0, 9 - s.length()));
  }

  private void saved(StepGraph forward, long bytes) {
    line("saved per step: " + bytes + " bytes");
    forward.results(Result.Saved.class).stream()
        .map(s -> (Apply) s.value())
        .map(e -> e.op().name() + " " + e.type() + e.shape())
        .collect(Collectors.groupingBy(s -> s, TreeMap::new, Collectors.counting()))
        .forEach((what, n) -> line("  " + n + " x " + what));
  }

  private void line(String s) {
    text.append(s).append('\n');
  }
}
