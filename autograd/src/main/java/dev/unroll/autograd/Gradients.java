package dev.unroll.autograd;

import dev.unroll.autograd.graph.BackwardPass;
import dev.unroll.autograd.graph.Deferred;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.autograd.op.Indexing.ScatterAdd;
import dev.unroll.tensor.Slot;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reverse-mode differentiation. Graphs may be of any length, and are released as the backward pass
 * goes through them.
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
    refuseForeign(loss, parameters);
    Map<Variable, Variable> all =
        Variable.withoutGradient(() -> walk(loss, one(loss), parameters, true));
    for (Parameter p : parameters) {
      Variable g = all.get(p);
      if (g != null) {
        result.put(p, gradient(g));
      }
    }
    return result;
  }

  /**
   * Within a step that is traced, variables from outside are inputs of the trace: a gradient by one
   * of them is that of one step alone, or none at all, where step by step it reaches through the
   * steps before. Such a step runs step by step.
   */
  private static void refuseForeign(Variable out, Collection<? extends Variable> by) {
    if (out.recorder() != null && by.stream().anyMatch(v -> v.recorder() != out.recorder())) {
      throw new UntraceableException("it takes a gradient by a variable from outside the step");
    }
  }

  private static Map<Variable, Variable> walk(
      Variable out, Variable seed, Collection<? extends Variable> by, boolean release) {
    return BackwardPass.of(List.of(new BackwardPass.Seed(out, seed)), new HashSet<>(by), release);
  }

  private static Variable one(Variable like) {
    return Variable.of(Tensor.full(like.type(), like.shape(), 1));
  }

  private static Gradient gradient(Variable g) {
    Deferred d = g.deferred();
    return d != null && d.op() instanceof ScatterAdd s
        ? Gradient.Sparse.of(d.in().get(0).value(), d.in().get(1).value(), s.size())
        : new Gradient.Dense(Slot.lasting(g.value()));
  }

  /**
   * Returns gradients that can be differentiated again; the graph stays.
   *
   * @param out the result, of any shape
   * @param seed the gradient by the result, of its type and shape
   * @param by inputs, parameters or anything in between
   * @return one for each of {@code by}, zeros where the result does not depend on it
   * @throws IllegalArgumentException if the seed has another type or shape
   */
  public static List<Variable> of(Variable out, Variable seed, List<Variable> by) {
    if (seed.type() != out.type() || !seed.shape().equals(out.shape())) {
      throw new IllegalArgumentException(
          "[gradients] expected a seed of the result's type and shape, "
              + out.type()
              + " "
              + out.shape()
              + ", got "
              + seed.type()
              + " "
              + seed.shape());
    }
    refuseForeign(out, by);
    Map<Variable, Variable> all = out.requiresGradient() ? walk(out, seed, by, false) : Map.of();
    List<Variable> result = new ArrayList<>();
    for (Variable v : by) {
      Variable g = all.get(v);
      result.add(g != null ? g : Variable.of(Tensor.full(v.type(), v.shape(), 0)));
    }
    return result;
  }
}
