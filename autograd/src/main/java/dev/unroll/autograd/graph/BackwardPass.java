package dev.unroll.autograd.graph;

import dev.unroll.autograd.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A traversal from results to the leaves, consumers before producers, without recursion, so that
 * graphs may be of any depth. It retains only the requested gradients.
 */
public final class BackwardPass {
  private final Set<Variable> wanted;
  private final boolean watches = Scope.current().watches();
  private final Map<Variable, Arrival> reached = new HashMap<>();
  private final PriorityQueue<Arrival> open = new PriorityQueue<>(Arrival.LAST_FIRST);
  private final Map<Variable, Variable> found = new HashMap<>();

  /** A result, and the initial gradient with respect to it. */
  public record Seed(Variable out, Variable gradient) {}

  /** The oldest node whose variable is wanted; no node before it can lead to a wanted variable. */
  private final long oldest;

  private BackwardPass(Set<Variable> wanted, boolean release) {
    this.wanted = wanted;
    // A graph is released to its leaves, which have no node either.
    oldest = release ? 0 : wanted.stream().mapToLong(BackwardPass::id).min().orElse(0);
  }

  private static long id(Variable v) {
    Node node = Internals.node(v);
    return node == null ? 0 : node.id();
  }

  /**
   * Returns the gradients with respect to the wanted variables that are reached.
   *
   * @param seeds the initial gradients
   * @param release whether the graph is released during the traversal
   */
  public static Map<Variable, Variable> of(
      List<Seed> seeds, Set<Variable> wanted, boolean release) {
    BackwardPass walk = new BackwardPass(wanted, release);
    seeds.forEach(s -> walk.reach(s.out).sum().add(s.gradient));
    // The operations within gradients are not checked: the operation whose gradient it is is named
    // instead.
    Scope quiet = Scope.current().watching(false);
    return quiet.call(() -> {
      walk.run(release);
      return walk.found;
    });
  }

  private void run(boolean release) {
    List<Arrival> results = new ArrayList<>();
    while (!open.isEmpty() && open.element().node().id() > oldest) {
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
    // Where the pass has ended before the leaves, sums that are not wanted are left as they are.
    boolean all = open.isEmpty();
    reached.values().stream().filter(a -> all || wanted.contains(a.variable())).forEach(this::sum);
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

  /** Returns the accumulated gradient at a variable that no more gradients will reach. */
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
   * Replaces a variable by its recomputed one. The terms are passed on rather than their sum, so
   * that the bits are those without the replacement.
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

  /** Returns the scope of recomputations. */
  Scope again() {
    return new Scope(true, watches, Scope.current().snapshot());
  }
}
