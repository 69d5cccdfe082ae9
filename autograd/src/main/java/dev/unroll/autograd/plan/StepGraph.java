package dev.unroll.autograd.plan;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.Expr.Facts;
import dev.unroll.autograd.plan.Expr.Input;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step of a loop, forward or backward, which the passes of the planner transform. A graph is
 * immutable; one that extends another shares its expressions. {@link #toString} prints it, one line
 * for each value: see {@link StepText}.
 *
 * @param type of the floating-point values
 * @param nodes each after its operands; no two are equal operations on the same operands
 * @param results in the order in which passes added them
 */
record StepGraph(DType type, List<Expr> nodes, List<Result> results) {
  StepGraph {
    nodes = List.copyOf(nodes);
    results = List.copyOf(results);
  }

  /** Returns the inputs, in order. */
  List<Input> inputs() {
    return all(nodes, Input.class);
  }

  /** Returns the operations, in order. */
  List<Apply> applies() {
    return all(nodes, Apply.class);
  }

  /** Returns the input of a role, or null. */
  @Nullable Input input(Role role) {
    return inputs().stream().filter(in -> in.role().equals(role)).findFirst().orElse(null);
  }

  /** Returns the input that a result replaces at the next step. */
  Input carried(Result.Next next) {
    Input in = input(new Role.Carried(next.index()));
    in = in == null ? input(new Role.NextSeed(next.index())) : in;
    if (in == null) {
      throw new IllegalStateException("[plan] nothing is carried to " + next + " in\n" + this);
    }
    return in;
  }

  /** Returns the results of a kind, in order. */
  <R extends Result> List<R> results(Class<R> kind) {
    return all(results, kind);
  }

  private static <T> List<T> all(List<? super T> of, Class<T> kind) {
    return of.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Returns the values that results read. */
  Set<Expr> read() {
    Set<Expr> read = new HashSet<>();
    results.forEach(r -> read.addAll(r.of()));
    return read;
  }

  /** Returns the operations that results depend on, in order. */
  List<Apply> live() {
    Set<Expr> wanted = read();
    List<Apply> live = new ArrayList<>();
    for (Apply e : applies().reversed()) {
      if (wanted.contains(e)) {
        live.add(e);
        wanted.addAll(e.in());
      }
    }
    return live.reversed();
  }

  /** Returns this graph without operations that no result depends on. */
  StepGraph swept() {
    return only(inputs());
  }

  /**
   * Returns this graph without unused operations and inputs, but with all variables of the state.
   */
  StepGraph pruned() {
    Set<Expr> wanted = read();
    live().forEach(e -> wanted.addAll(e.in()));
    results(Result.Next.class).forEach(n -> wanted.add(carried(n)));
    return only(inputs().stream().filter(wanted::contains).toList());
  }

  private StepGraph only(List<Input> kept) {
    Builder to = new Builder(type);
    Map<Expr, Expr> now = new HashMap<>();
    kept.forEach(in -> now.put(in, to.input(in)));
    live().forEach(e -> now.put(e, to.apply(e, now::get)));
    to.results(this, now::get);
    return to.build();
  }

  /** Returns this graph with more results. */
  StepGraph plus(List<? extends Result> more) {
    return new StepGraph(type, nodes, Stream.concat(results.stream(), more.stream()).toList());
  }

  @Override
  public String toString() {
    return StepText.of(this);
  }

  /** Builds a graph that contains the operands of all its operations. */
  static final class Builder {
    /** The key of equal expressions. */
    private record Key(Op op, List<Expr> in, boolean gradient) {}

    private final DType type;
    private final List<Expr> nodes = new ArrayList<>();
    private final List<Result> results = new ArrayList<>();
    private final Map<Role, Input> inputs = new HashMap<>();
    private final Map<Key, Apply> made = new HashMap<>();
    private final Map<Key, Input> derived = new HashMap<>();

    Builder(DType type) {
      this.type = type;
    }

    /** Returns a builder of a graph that begins with all values of another, and no results. */
    static Builder extending(StepGraph graph) {
      Builder b = new Builder(graph.type);
      for (Expr e : graph.nodes) {
        switch (b.add(e)) {
          case Input in -> b.inputs.put(in.role(), in);
          case Apply(Op op, List<Expr> in, Facts info) ->
              b.made.put(new Key(op, in, info.gradient()), (Apply) e);
        }
      }
      return b;
    }

    /** Returns the input of a role. */
    Input input(Role role, DType type, Shape shape, boolean gradient) {
      return inputs.computeIfAbsent(
          role, k -> add(new Input(role, new Facts(nodes.size(), type, shape, gradient, null))));
    }

    /** Returns the input of the role that one of another graph has. */
    Input input(Input like) {
      return input(like.role(), like.type(), like.shape(), like.gradient());
    }

    /** Returns the loop-invariant that an operation on loop-invariants computes. */
    Input derived(Op op, boolean records, List<Expr> in) {
      Key key = new Key(op, in, records && in.stream().anyMatch(Expr::gradient));
      Input have = derived.get(key);
      if (have == null) {
        List<Role> of = in.stream().map(Builder::role).toList();
        Role role = new Role.Derived(derived.size(), op, of, records);
        have = input(role, op.type(types(in)), op.shape(shapes(in)), key.gradient);
        derived.put(key, have);
      }
      return have;
    }

    private static Role role(Expr e) {
      if (e instanceof Input(Role role, Facts info) && role.isBoundOnce()) {
        return role;
      }
      throw new IllegalStateException("[plan] expected a loop-invariant, got " + e);
    }

    /** Applies the operation of another graph to the counterparts of its operands. */
    Apply apply(Apply like, Function<Expr, Expr> to) {
      List<Expr> in = like.in().stream().map(to).toList();
      return apply(like.op(), !like.isDetached(), like.info().line(), in);
    }

    /** Applies an operation; a gradient flows if it does for an operand. */
    Apply apply(Op op, Expr... in) {
      return apply(op, true, null, List.of(in));
    }

    /**
     * Applies an operation.
     *
     * @param records whether a gradient may flow
     */
    Apply apply(Op op, boolean records, @Nullable String line, List<Expr> in) {
      Key key = new Key(op, List.copyOf(in), records && in.stream().anyMatch(Expr::gradient));
      Apply have = made.get(key);
      if (have == null) {
        DType type = op.type(types(in));
        Facts info = new Facts(nodes.size(), type, op.shape(shapes(in)), key.gradient, line);
        have = add(new Apply(op, key.in, info));
        made.put(key, have);
      }
      return have;
    }

    private static DType[] types(List<Expr> in) {
      return in.stream().map(Expr::type).toArray(DType[]::new);
    }

    private static Shape[] shapes(List<Expr> in) {
      return in.stream().map(Expr::shape).toArray(Shape[]::new);
    }

    private <E extends Expr> E add(E e) {
      nodes.add(e);
      return e;
    }

    /** Adds a result. */
    void result(Result r) {
      results.add(r);
    }

    /** Adds the results of another graph. */
    void results(StepGraph of, Function<Expr, Expr> to) {
      of.results.forEach(r -> result(r.with(to::apply)));
    }

    StepGraph build() {
      return new StepGraph(type, nodes, results);
    }
  }
}
