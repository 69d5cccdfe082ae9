package dev.unroll.autograd;

import dev.unroll.autograd.graph.BackwardPass;
import dev.unroll.autograd.graph.Deferred;
import dev.unroll.autograd.graph.Ineligible;
import dev.unroll.autograd.op.Indexing.ScatterAdd;
import dev.unroll.tensor.Slot;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reverse-mode differentiation. Graphs may be of any depth, and are released as the backward pass
 * proceeds.
 */
public final class Gradients {
  private Gradients() {}

  /**
   * Returns the gradients of a loss with respect to parameters, and releases the graph.
   *
   * @param loss a variable of one element
   * @return the gradients by parameter, in the order of {@code parameters}, without those that the
   *     loss does not depend on
   * @throws IllegalArgumentException if the loss has several elements
   * @throws IllegalStateException if the graph has been released, or a parameter has been updated
   *     since
   */
  public static Map<Parameter, Gradient> of(Variable loss, Collection<Parameter> parameters) {
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(parameters, "parameters");
    if (loss.shape().size() != 1) {
      throw new IllegalArgumentException(
          "[gradients] expected a loss of one element, got shape " + loss.shape());
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
   * In a traced step, outside variables are inputs of the trace: a gradient with respect to one of
   * them would cover one step only, or be absent, whereas eager execution reaches through the
   * previous steps. Such a scan is run eagerly.
   */
  @SuppressWarnings("ReferenceEquality") // Two recorders are two steps, whatever they hold.
  private static void refuseForeign(Variable out, Collection<? extends Variable> by) {
    if (out.recorder() != null && by.stream().anyMatch(v -> v.recorder() != out.recorder())) {
      throw Ineligible.OUTER_GRADIENT.because();
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
   * Returns gradients that can be differentiated again; the graph is not released.
   *
   * @param out the result, of any shape
   * @param seed the gradient with respect to the result, of its type and shape
   * @param by inputs, parameters or intermediate variables
   * @return one gradient per element of {@code by}, zero where the result does not depend on it
   * @throws IllegalArgumentException if the seed has another type or shape
   */
  public static List<Variable> of(Variable out, Variable seed, List<Variable> by) {
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(seed, "seed");
    Objects.requireNonNull(by, "by");
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
