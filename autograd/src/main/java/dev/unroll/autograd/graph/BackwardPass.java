package dev.unroll.autograd.graph;

import dev.unroll.autograd.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * One walk from a result to the leaves, consumers before producers, without recursion, so that
 * graphs may be of any length. What it has passed it forgets, but for the gradients that were asked
 * for.
 */
public final class BackwardPass {
  private final Set<Variable> wanted;
  private final boolean watches = Scope.current().watches();
  private final Map<Variable, Arrival> reached = new HashMap<>();
  private final PriorityQueue<Arrival> open = new PriorityQueue<>(Arrival.LAST_FIRST);
  private final Map<Variable, Variable> found = new HashMap<>();

  /** A result, and the gradient by it that a walk begins with. */
  public record Seed(Variable out, Variable gradient) {}

  private BackwardPass(Set<Variable> wanted) {
    this.wanted = wanted;
  }

  /**
   * Returns the gradients of those that are wanted and reached.
   *
   * @param seeds the gradients by results, to begin with
   * @param release whether the graph is let go of on the way
   */
  public static Map<Variable, Variable> of(
      List<Seed> seeds, Set<Variable> wanted, boolean release) {
    BackwardPass walk = new BackwardPass(wanted);
    seeds.forEach(s -> walk.reach(s.out).sum().add(s.gradient));
    // What gradients are made of is not watched: the operation that sends them is named instead.
    Scope quiet = Scope.current().watching(false);
    return quiet.call(() -> {
      walk.run(release);
      return walk.found;
    });
  }

  private void run(boolean release) {
    List<Arrival> results = new ArrayList<>();
    while (!open.isEmpty()) {
      Node node = open.element().node();
      while (!open.isEmpty() && open.element().node() == node) {
        results.add(open.remove());
        reached.remove(results.getLast().variable());
      }
      node.backward(results, this);
      results.clear();
      if (release) {
        node.release();
      }
    }
    reached.values().forEach(this::sum);
  }

  private Arrival reach(Variable v) {
    Arrival a = reached.get(v);
    return a != null ? a : open(v, new GradientSum());
  }

  private Arrival open(Variable v, GradientSum sum) {
    Arrival a = new Arrival(v, sum);
    reached.put(v, a);
    if (Internals.node(v) != null) {
      open.add(a);
    }
    return a;
  }

  /** Returns the sum of all that arrived at a variable, now that nothing more will. */
  Variable sum(Arrival a) {
    Variable g = a.sum().total();
    if (watches) {
      AnomalyDetector.checkSum(a.variable(), g);
    }
    if (wanted.contains(a.variable())) {
      found.put(a.variable(), g);
    }
    return g;
  }

  /** Sends a gradient from a node to one of its inputs. */
  void send(Node from, Variable to, Variable g) {
    if (g.type() != to.type() || !g.shape().equals(to.shape())) {
      throw new IllegalStateException(
          "["
              + from.name()
              + "] expected a gradient of its input's type and shape, "
              + to.type()
              + " "
              + to.shape()
              + ", got "
              + g.type()
              + " "
              + g.shape());
    }
    if (watches) {
      AnomalyDetector.checkBackward(from, g);
    }
    reach(to).sum().add(g);
  }

  /**
   * Puts a variable that was computed again in the place of the first one. Not their sum but the
   * terms are handed on, so that no bit differs from what it would be without the replacement.
   */
  void replace(Arrival first, Variable again) {
    if (wanted.contains(first.variable())) {
      sum(first);
    }
    Arrival there = reached.get(again);
    if (there == null) {
      open(again, first.sum());
    } else {
      there.sum().add(first.sum().total());
    }
  }

  /** Returns what holds for computations that are repeated on the way. */
  Scope again() {
    return new Scope(true, watches, Scope.current().snapshot());
  }
}
