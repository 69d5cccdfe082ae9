package dev.unroll.autograd.plan;

import dev.unroll.autograd.Variable;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When each variable of a step is computed: stage -1 once, before the first step; even stages over
 * many steps at once; odd stages in a loop. A variable is in a loop exactly if it lies on a cycle
 * of what is carried, so that stacked cells fall apart into one loop for each, with what leads from
 * one to the next between them.
 */
public final class Stages {
  static final int ONCE = -1;

  private final Map<Variable, Integer> stage = new HashMap<>();
  private final Map<Variable, BitSet> from = new HashMap<>(); // carried variables it depends on
  private final Map<Variable, BitSet> feeds = new HashMap<>(); // carried variables it leads to
  private final BitSet[] reach; // [i]: the carried variables that i leads to, at later steps
  private final int[] loop;

  /**
   * Finds the stages.
   *
   * @param order what is computed, in order
   * @param given the stages of what is there already
   * @param in what the step before handed on
   * @param out what is handed on, by position
   * @param results what has a value at each step, even if no step changes it
   */
  Stages(
      List<Variable> order,
      Map<Variable, Integer> given,
      List<Variable> in,
      List<Variable> out,
      Set<Variable> results) {
    int n = in.size();
    reach = new BitSet[n];
    loop = new int[n];
    for (int i = 0; i < n; i++) {
      bits(from, in.get(i)).set(i);
      bits(feeds, out.get(i)).set(i);
    }
    for (Variable v : order) {
      for (Variable u : Trace.in(v)) {
        bits(from, v).or(bits(from, u));
      }
    }
    for (Variable v : order.reversed()) {
      for (Variable u : Trace.in(v)) {
        bits(feeds, u).or(bits(feeds, v));
      }
    }
    close(in);
    stage.putAll(given);
    for (int i = 0; i < n; i++) {
      stage.put(in.get(i), loop[i] + 1);
    }
    for (Variable v : order) {
      int s = find(v);
      stage.put(v, s == ONCE && results.contains(v) ? 0 : s);
    }
  }

  private static BitSet bits(Map<Variable, BitSet> map, Variable v) {
    return map.computeIfAbsent(v, k -> new BitSet());
  }

  /** Finds which carried variable leads to which, and numbers the loops in that order. */
  private void close(List<Variable> in) {
    int n = in.size();
    for (int i = 0; i < n; i++) {
      reach[i] = (BitSet) bits(feeds, in.get(i)).clone();
      reach[i].set(i);
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
      loop[i] = 2 * before + 1;
    }
  }

  private int find(Variable v) {
    int s = ONCE;
    for (Variable u : Trace.in(v)) {
      int before = of(u);
      s = Math.max(s, before == ONCE ? ONCE : before + (before & 1));
    }
    BitSet to = bits(feeds, v);
    BitSet of = bits(from, v);
    for (int i = of.nextSetBit(0); i >= 0; i = of.nextSetBit(i + 1)) {
      for (int j = to.nextSetBit(0); j >= 0; j = to.nextSetBit(j + 1)) {
        if (reach[j].get(i)) {
          return loop[i];
        }
      }
    }
    return s;
  }

  /** Returns the stage of a variable. */
  int of(Variable v) {
    Integer s = stage.get(v);
    if (s == null) {
      throw new IllegalStateException("[plan] no stage: " + v);
    }
    return s;
  }

  /** Moves a variable to a later stage. */
  void move(Variable v, int to) {
    stage.put(v, to);
  }

  /** Returns whether a stage is a loop. */
  static boolean isLoop(int stage) {
    return stage > 0 && (stage & 1) == 1;
  }
}
