package dev.unroll.checks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The groups of nodes of a directed graph that reach each other (Tarjan 1972, "Depth-first search
 * and linear graph algorithms"): its strongly connected components of two nodes or more.
 */
final class Cycles {
  private final Map<String, Set<String>> arrows;
  private final Map<String, Integer> order = new HashMap<>();
  private final Map<String, Integer> lowest = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final List<Set<String>> found = new ArrayList<>();

  private Cycles(Map<String, Set<String>> arrows) {
    this.arrows = arrows;
  }

  /** Returns the cycles of a graph, given as the targets of each node. */
  static List<Set<String>> of(Map<String, Set<String>> arrows) {
    Cycles c = new Cycles(new TreeMap<>(arrows));
    for (String node : c.arrows.keySet()) {
      if (!c.order.containsKey(node)) {
        c.visit(node);
      }
    }
    return c.found;
  }

  private int visit(String node) {
    int number = order.size();
    order.put(node, number);
    open.push(node);
    int low = number;
    for (String next : arrows.getOrDefault(node, Set.of())) {
      if (!order.containsKey(next)) {
        low = Math.min(low, visit(next));
      } else if (open.contains(next)) {
        low = Math.min(low, lowest.getOrDefault(next, order.get(next)));
      }
    }
    lowest.put(node, low);
    if (low == number) {
      Set<String> component = new TreeSet<>();
      String last;
      do {
        last = open.pop();
        component.add(last);
      } while (!last.equals(node));
      if (component.size() > 1) {
        found.add(component);
      }
    }
    return low;
  }
}
