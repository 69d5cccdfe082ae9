package dev.unroll.autograd.plan;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Internals;
import dev.unroll.autograd.graph.OpNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether two variables are the same, equal constants, or results of equal operations on
 * the same operands, as is a weight that the step slices out of a parameter each time. Each pair is
 * compared once and without recursion, whatever the depth of the computation.
 */
final class SameValues {
  private record Pair(Variable x, Variable y) {}

  private final Map<Pair, Boolean> known = new HashMap<>();

  /** Returns whether two variables are the same. */
  boolean test(Variable x, Variable y) {
    if (x == y) {
      return true;
    }
    Pair wanted = new Pair(x, y);
    Deque<Pair> open = new ArrayDeque<>(List.of(wanted));
    while (!open.isEmpty()) {
      Pair p = open.element();
      Pair next = known.containsKey(p) ? null : undecided(p);
      if (next == null) {
        open.remove();
      } else {
        open.push(next);
      }
    }
    return known.getOrDefault(wanted, false);
  }

  /** Decides a pair, or returns the pair of operands that must be decided first. */
  private @Nullable Pair undecided(Pair p) {
    boolean same = false;
    if (Internals.node(p.x) instanceof OpNode a
        && Internals.node(p.y) instanceof OpNode b
        && a.op().equals(b.op())
        && a.inputs().length == b.inputs().length) {
      same = true;
      Variable[] in = a.inputs();
      for (int i = 0; same && i < in.length; i++) {
        if (in[i] != b.inputs()[i]) {
          Pair operands = new Pair(in[i], b.inputs()[i]);
          Boolean decided = known.get(operands);
          if (decided == null) {
            return operands;
          }
          same = decided;
        }
      }
    }
    known.put(p, same || hasSameBits(p));
    return null;
  }

  private static boolean hasSameBits(Pair p) {
    return !p.x.requiresGradient() && !p.y.requiresGradient() && p.x.value().sameBits(p.y.value());
  }
}
