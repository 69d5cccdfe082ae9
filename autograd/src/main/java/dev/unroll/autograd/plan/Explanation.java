package dev.unroll.autograd.plan;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan in words. */
public final class Explanation {
  private Explanation() {}

  public static String of(Plan plan) {
    StringBuilder s = new StringBuilder();
    plan.rewrites.forEach(r -> s.append(r).append('\n'));
    for (TracedStep.Derived d : plan.step.derived) {
      s.append("before   once      ").append(d.op().name()).append('\n');
    }
    describe(s, "forward ", plan.schedule);
    Plan.Backward back = plan.backward;
    if (back != null) {
      describe(s, "backward", back.schedule());
      long totals = back.invariants().stream().mapToLong(i -> i.totals().size()).sum();
      s.append("behind   all steps ").append(totals).append(" sums for parameters\n");
    }
    s.append("kept per step: ").append(plan.loop.savedPerStep()).append(" bytes\n");
    plan.kept.stream()
        .collect(Collectors.groupingBy(Variable::toString, TreeMap::new, Collectors.counting()))
        .forEach((v, n) -> s.append("  ").append(n).append(" x ").append(v).append('\n'));
    return s.toString();
  }

  private static void describe(StringBuilder s, String way, Schedule schedule) {
    for (Schedule.Group g : schedule.groups()) {
      Variable first = g.variables().getFirst();
      Op op = Trace.op(first);
      if (Schedule.isView(first) || op == null) {
        continue;
      }
      s.append(way).append(' ').append(when(g.stage())).append(' ');
      s.append(g.isPointwise() ? program(g.variables()) : op.name() + inputs(first));
      s.append(" -> ").append(first.shape()).append('\n');
    }
  }

  private static String when(int stage) {
    if (stage == Stages.ONCE) {
      return "once     ";
    }
    return Stages.isLoop(stage) ? "loop " + (stage / 2 + 1) + "   " : "all steps";
  }

  private static String inputs(Variable v) {
    return " " + Trace.in(v).stream().map(Variable::shape).toList();
  }

  private static String program(List<Variable> variables) {
    return "one program of " + variables.size() + " operations";
  }
}
