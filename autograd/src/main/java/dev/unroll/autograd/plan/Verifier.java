package dev.unroll.autograd.plan;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.Expr.Facts;
import dev.unroll.autograd.plan.Expr.Input;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks what holds of every step graph, whichever pass made it. The planner asks where assertions
 * are enabled, as they are in tests: a graph that is refused here is a fault of the pass.
 */
final class Verifier {
  private final StepGraph graph;
  private final Set<Expr> before = new HashSet<>();
  private final Set<Role> roles = new HashSet<>();
  private final Set<List<?>> made = new HashSet<>();

  private Verifier(StepGraph graph) {
    this.graph = graph;
  }

  /**
   * Checks a graph.
   *
   * @return true
   * @throws IllegalStateException if it is wrong; the message shows it
   */
  static boolean holds(StepGraph graph) {
    new Verifier(graph).run();
    return true;
  }

  /** Checks both steps, and that the forward step has the values that the backward step reads. */
  static boolean holds(Steps steps) {
    StepGraph forward = steps.forward();
    holds(forward);
    steps.backward().ifPresent(b -> check(forward, b));
    return true;
  }

  private static void check(StepGraph forward, StepGraph backward) {
    Verifier v = new Verifier(backward);
    v.run();
    for (Input in : backward.inputs()) {
      if (in.role() instanceof Role.Forward(int id)) {
        v.check(id < forward.nodes().size(), in, "is no value of the forward pass");
        v.check(forward.nodes().get(id).shape().equals(in.shape()), in, "has another shape");
      }
    }
    for (Result.Accumulate a : backward.results(Result.Accumulate.class)) {
      Input by = forward.input(a.by());
      v.check(by != null && by.gradient(), a.of().getFirst(), "is summed for nothing: " + a.by());
    }
  }

  private void run() {
    for (int i = 0; i < graph.nodes().size(); i++) {
      Expr e = graph.nodes().get(i);
      check(e.id() == i, e, "is at position " + i);
      check(!e.type().isFloating() || e.type() == graph.type(), e, "has another type");
      switch (e) {
        case Input in -> check(in);
        case Apply a -> check(a);
      }
      before.add(e);
    }
    graph.results().forEach(this::check);
    unique(graph.results(Result.Output.class).stream().map(Result.Output::index).toList());
    unique(graph.results(Result.Next.class).stream().map(Result.Next::index).toList());
    state();
  }

  private void check(Input in) {
    check(roles.add(in.role()), in, "is an input twice");
    check(in.type().isFloating() || !in.gradient(), in, "has no gradient");
    if (in.role() instanceof Role.Derived d) {
      boolean later =
          d.of().stream().anyMatch(r -> r instanceof Role.Derived o && o.index() >= d.index());
      check(!later, in, "is derived from a later one");
    }
  }

  private void check(Apply e) {
    for (Expr u : e.in()) {
      check(before.contains(u), e, "reads " + u + ", which does not come before it");
    }
    Op op = e.op();
    DType[] types = e.in().stream().map(Expr::type).toArray(DType[]::new);
    Shape[] shapes = e.in().stream().map(Expr::shape).toArray(Shape[]::new);
    check(e.type() == op.type(types) && e.type().isFloating(), e, "has another type");
    check(e.shape().equals(op.shape(shapes)), e, "has another shape");
    check(!e.gradient() || e.in().stream().anyMatch(Expr::gradient), e, "has no gradient");
    check(made.add(List.of(op, e.in(), e.gradient())), e, "is computed twice");
  }

  private void check(Result r) {
    for (Expr e : r.of()) {
      check(before.contains(e), e, "is a result, but not of this graph");
    }
    if (r instanceof Result.Accumulate(Role by, Accumulator kind, List<Expr> of)) {
      boolean two = kind == Accumulator.OUTER || kind == Accumulator.SCATTER;
      check(of.size() == (two ? 2 : 1), of.getFirst(), "is accumulated with " + of);
      check(by.isBoundOnce(), of.getFirst(), "is accumulated for " + by);
    }
  }

  /** Each variable of the state is received once and returned once, in one shape. */
  private void state() {
    int received = 0;
    for (Input in : graph.inputs()) {
      received += in.role() instanceof Role.Carried || in.role() instanceof Role.NextSeed ? 1 : 0;
    }
    List<Result.Next> next = graph.results(Result.Next.class);
    if (received != next.size()) {
      throw fault("the step receives " + received + " variables of state, returns " + next.size());
    }
    for (Result.Next n : next) {
      Facts in = graph.carried(n).info();
      check(in.shape().equals(n.value().shape()), n.value(), "changes the shape of the state");
      check(in.type() == n.value().type(), n.value(), "changes the type of the state");
    }
  }

  private void unique(List<Integer> indices) {
    if (new HashSet<>(indices).size() != indices.size()) {
      throw fault("results share an index: " + indices);
    }
  }

  private void check(boolean right, Expr e, String fault) {
    if (!right) {
      throw fault(e + " " + fault);
    }
  }

  private IllegalStateException fault(String what) {
    return new IllegalStateException("[plan] " + what + "\n" + graph);
  }
}
