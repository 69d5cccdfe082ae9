package dev.unroll.autograd;

import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Reverse-mode differentiation: one walk from the result to the leaves, consumers before producers,
 * without recursion, so that graphs may be of any length.
 */
public final class Gradients {
  private Gradients() {}

  /**
   * Returns the gradients of a loss by parameters, and releases the graph.
   *
   * @param loss of one element
   * @return by parameter, in the order asked for; those that the loss does not depend on are absent
   * @throws IllegalArgumentException if the loss has several elements
   * @throws IllegalStateException if the graph was released before, or a parameter was updated
   *     since
   */
  public static Map<Parameter, Gradient> of(Variable loss, Collection<Parameter> parameters) {
    if (loss.shape().size() != 1) {
      throw new IllegalArgumentException(
          "[gradients] a loss has one element, this has shape " + loss.shape());
    }
    Map<Parameter, Gradient> result = new LinkedHashMap<>();
    if (!loss.requiresGradient()) {
      return result;
    }
    Map<Variable, Variable> all =
        Variable.withoutGradient(() -> walk(loss, one(loss), new HashSet<>(parameters), true));
    for (Parameter p : parameters) {
      Variable g = all.get(p);
      if (g != null) {
        result.put(p, gradient(g));
      }
    }
    return result;
  }

  private static Variable one(Variable like) {
    return Variable.of(Tensor.full(like.type(), 1, like.shape()));
  }

  private static Gradient gradient(Variable g) {
    Variable.Deferred d = g.deferred();
    return d != null && d.op() instanceof ScatterRows s
        ? Gradient.Sparse.of(d.in().get(0).value(), d.in().get(1).value(), s.size())
        : new Gradient.Dense(g.value());
  }

  /**
   * Returns gradients that can be differentiated again; the graph stays.
   *
   * @param out the result, of any shape
   * @param seed the gradient by the result, of its shape
   * @param by inputs, parameters or anything in between
   * @return one for each of {@code by}, zeros where the result does not depend on it
   */
  public static List<Variable> of(Variable out, Variable seed, List<Variable> by) {
    if (!seed.shape().equals(out.shape())) {
      throw new IllegalArgumentException(
          "[gradients] the seed has shape " + seed.shape() + ", the result " + out.shape());
    }
    Map<Variable, Variable> all =
        out.requiresGradient() ? walk(out, seed, new HashSet<>(by), false) : Map.of();
    List<Variable> result = new ArrayList<>();
    for (Variable v : by) {
      Variable g = all.get(v);
      result.add(g != null ? g : Variable.of(Tensor.full(v.type(), 0, v.shape())));
    }
    return result;
  }

  /** A recorded variable on the way, and what arrives at it. */
  private record Open(Variable variable, Node node, List<Variable> terms) {}

  private static Map<Variable, Variable> walk(
      Variable out, Variable seed, Set<Variable> wanted, boolean release) {
    Map<Variable, List<Variable>> arrived = new HashMap<>();
    PriorityQueue<Open> open =
        new PriorityQueue<>(Comparator.comparingLong((Open o) -> -o.node.id));
    Map<Variable, Variable> result = new HashMap<>();
    send(out, seed, arrived, open);
    while (!open.isEmpty()) {
      Open o = open.remove();
      arrived.remove(o.variable);
      Variable g = Sums.of(o.terms);
      if (wanted.contains(o.variable)) {
        result.put(o.variable, g);
      }
      Variable[] in = o.node.inputs();
      for (int i = 0; i < in.length; i++) {
        if (in[i].requiresGradient()) {
          Variable d = o.node.op.gradient(i, g, o.variable, in);
          if (d != null) {
            check(o.node.op, in[i].shape(), d);
            send(in[i], d, arrived, open);
          }
        }
      }
      if (release) {
        o.node.in = null;
      }
    }
    arrived.forEach((leaf, terms) -> {
      if (wanted.contains(leaf)) {
        result.put(leaf, Sums.of(terms));
      }
    });
    return result;
  }

  private static void check(Op op, Shape expected, Variable d) {
    if (!d.shape().equals(expected)) {
      throw new IllegalStateException(
          "[" + op.name() + "] gradient has shape " + d.shape() + ", its input " + expected);
    }
  }

  private static void send(
      Variable to, Variable g, Map<Variable, List<Variable>> arrived, PriorityQueue<Open> open) {
    List<Variable> terms = arrived.get(to);
    if (terms == null) {
      terms = new ArrayList<>(1);
      arrived.put(to, terms);
      Node n = to.node();
      if (n != null) {
        open.add(new Open(to, n, terms));
      }
    }
    terms.add(g);
  }
}
