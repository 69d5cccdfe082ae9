package dev.unroll.autograd.plan;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.BackwardPass;
import dev.unroll.autograd.graph.Ineligible;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.autograd.plan.Expr.Facts;
import dev.unroll.autograd.plan.Expr.Input;
import dev.unroll.autograd.plan.Result.Next;
import dev.unroll.autograd.plan.Result.Output;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pass that makes the backward step of a step. The ordinary backward pass applies the gradients
 * of the operations: no gradient is written for the planner.
 *
 * <p>The backward step receives the gradients with respect to the outputs and to the state after
 * the step. It returns those with respect to the sequences and to the state before the step, and
 * accumulates those with respect to the loop-invariants.
 */
final class Differentiate {
  private final StepGraph forward;
  private final Reach reach;
  private final Trace trace;
  private final List<BackwardPass.Seed> seeds = new ArrayList<>();

  private Differentiate(StepGraph forward, Reach reach) {
    this.forward = forward;
    this.reach = reach;
    trace = Trace.of(forward, Differentiate::literal);
  }

  /** Adds the backward step for gradients that arrive at some results. */
  static Steps of(StepGraph forward, Reach reach) {
    return new Steps(forward, Optional.of(new Differentiate(forward, reach).backward()));
  }

  /** Returns the role of a constant that a gradient contains. */
  static Role literal(int index, Variable v) {
    if (v.requiresGradient()) {
      throw Ineligible.GRADIENT_VARIABLE.because(v);
    }
    return new Role.Literal(index, v.value());
  }

  private StepGraph backward() {
    for (Output o : forward.results(Output.class)) {
      if (reach.seeds().outputs().contains(o.index())) {
        seed(new Role.OutputSeed(o.index()), o.value());
      }
    }
    Map<Next, Variable> nextSeeds = new HashMap<>();
    for (Next n : forward.results(Next.class)) {
      boolean reached = reach.state().contains(n.index());
      Variable seed = reached ? seed(new Role.NextSeed(n.index()), n.value()) : null;
      if (seed != null) {
        nextSeeds.put(n, seed);
      }
    }
    List<Input> wanted = forward.inputs().stream().filter(Input::gradient).toList();
    Map<Variable, Variable> gradients = gradients(wanted);
    Map<Input, Variable> found = new HashMap<>();
    for (Input in : wanted) {
      Variable g = gradients.get(trace.variable(in.id()));
      if (g != null) {
        found.put(in, trace.lift(g));
      }
    }
    Map<Next, Variable> state = new HashMap<>();
    for (Next n : forward.results(Next.class)) {
      Variable d = found.get(forward.carried(n));
      if (d != null && !nextSeeds.containsKey(n)) { // It is never read: the step detaches it.
        input(new Role.NextSeed(n.index()), n.value());
      }
      if (d == null && nextSeeds.containsKey(n)) {
        d = trace.lift(Variable.of(Tensor.full(n.value().type(), n.value().shape(), 0)));
      }
      if (d != null) {
        state.put(n, d);
      }
    }
    return graph(found, state);
  }

  private Map<Variable, Variable> gradients(List<Input> by) {
    Set<Variable> wanted = new HashSet<>();
    by.forEach(in -> wanted.add(trace.variable(in.id())));
    return gradients(() -> BackwardPass.of(seeds, wanted, false));
  }

  /** Applies gradients of operations, which may be the user's. */
  static <T> T gradients(Supplier<T> work) {
    try {
      return Variable.withoutGradient(work);
    } catch (UntraceableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw Ineligible.GRADIENT_FAILS.because(e);
    }
  }

  private Variable input(Role role, Expr like) {
    return trace.input(role, like.type(), like.shape(), false);
  }

  private @Nullable Variable seed(Role role, Expr result) {
    if (!result.gradient()) {
      return null;
    }
    Variable seed = input(role, result);
    seeds.add(new BackwardPass.Seed(trace.variable(result.id()), seed));
    return seed;
  }

  /** Returns the role that a value of the forward step has in the backward step. */
  static Role role(Expr e) {
    return switch (e) {
      case Input(Role.Sequence s, Facts info) -> s;
      case Input(Role.Time t, Facts info) -> t;
      case Input(Role role, Facts info) when role.isBoundOnce() -> role;
      default -> new Role.Forward(e.id());
    };
  }

  /** Returns the operations recorded after the forward step, as a graph. */
  private StepGraph graph(Map<Input, Variable> found, Map<Next, Variable> state) {
    StepGraph.Builder to = new StepGraph.Builder(forward.type());
    List<Expr> now = new ArrayList<>();
    for (Expr e : forward.nodes()) {
      now.add(to.input(role(e), e.type(), e.shape(), false));
    }
    trace.into(to, now);
    for (Input in : forward.inputs()) {
      Variable g = found.get(in);
      if (g == null) {
        continue;
      }
      Expr e = now.get(trace.number(g));
      if (in.role() instanceof Role.Sequence(int index)) {
        to.result(new Output(index, e));
      } else if (in.isBoundOnce()) {
        Accumulator.terms(e).forEach(t -> to.result(Accumulator.of(in.role(), t)));
      }
    }
    for (Next n : forward.results(Next.class)) {
      Variable g = state.get(n);
      if (g != null) {
        to.result(new Next(n.index(), now.get(trace.number(g))));
      }
    }
    return to.build().pruned();
  }
}
