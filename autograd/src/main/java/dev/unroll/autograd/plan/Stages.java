package dev.unroll.autograd.plan;

import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.Expr.Input;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The earliest stage of each value of a step. A value is computed in a loop exactly if it lies on a
 * cycle through the state, so that stacked cells become a loop each, with the operations that lead
 * from one to the next in between.
 */
final class Stages {
  private final Map<Expr, Stage> stage = new HashMap<>();
  private final Map<Expr, BitSet> from = new HashMap<>(); // variables of the state it depends on
  private final Map<Expr, BitSet> feeds = new HashMap<>(); // variables of the state it leads to
  private final BitSet[] reach; // [i]: the variables that i leads to, at later steps
  private final Stage[] loop;

  /**
   * Finds the stages.
   *
   * @param results the values needed at each step, even if loop-invariant
   */
  Stages(StepGraph graph, Set<Expr> results) {
    List<Input> in = new ArrayList<>();
    List<Expr> out = new ArrayList<>();
    for (Result.Next next : graph.results(Result.Next.class)) {
      in.add(graph.carried(next));
      out.add(next.value());
    }
    int n = in.size();
    reach = new BitSet[n];
    loop = new Stage[n];
    List<Apply> order = graph.live();
    for (int i = 0; i < n; i++) {
      bits(from, in.get(i)).set(i);
      bits(feeds, out.get(i)).set(i);
    }
    for (Apply e : order) {
      e.in().forEach(u -> bits(from, e).or(bits(from, u)));
    }
    for (Apply e : order.reversed()) {
      e.in().forEach(u -> bits(feeds, u).or(bits(feeds, e)));
    }
    close(in);
    for (Input i : graph.inputs()) {
      stage.put(i, i.isBoundOnce() ? Stage.ONCE : Stage.FIRST);
    }
    for (int i = 0; i < n; i++) {
      stage.put(in.get(i), loop[i].after());
    }
    for (Apply e : order) {
      Stage s = find(e);
      stage.put(e, s.equals(Stage.ONCE) && results.contains(e) ? Stage.FIRST : s);
    }
  }

  private static BitSet bits(Map<Expr, BitSet> map, Expr e) {
    return map.computeIfAbsent(e, k -> new BitSet());
  }

  /**
   * Finds the dependencies among the variables of the state, and numbers the loops in that order.
   */
  private void close(List<Input> in) {
    int n = in.size();
    for (int i = 0; i < n; i++) {
      reach[i] = (BitSet) bits(feeds, in.get(i)).clone();
    }
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        if (reach[i].get(k)) {
          reach[i].or(reach[k]);
        }
      }
    }
    for (int i = 0; i < n; i++) {
      int before = 0;
      for (int j = 0; j < n; j++) {
        before += reach[j].get(i) && !reach[i].get(j) ? 1 : 0;
      }
      loop[i] = Stage.loop(before);
    }
  }

  private Stage find(Apply e) {
    BitSet to = bits(feeds, e);
    BitSet of = bits(from, e);
    for (int i = of.nextSetBit(0); i >= 0; i = of.nextSetBit(i + 1)) {
      for (int j = to.nextSetBit(0); j >= 0; j = to.nextSetBit(j + 1)) {
        if (reach[j].get(i)) {
          return loop[i];
        }
      }
    }
    return e.in().stream()
        .map(u -> of(u).after())
        .max(Comparator.naturalOrder())
        .orElse(Stage.ONCE);
  }

  /** Returns the stage of a value. */
  Stage of(Expr e) {
    Stage s = stage.get(e);
    if (s == null) {
      throw new IllegalStateException("[plan] " + e + " has no stage");
    }
    return s;
  }
}
