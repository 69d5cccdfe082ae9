package dev.unroll.autograd.plan;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.op.Indexing.Gather;
import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.Expr.Input;
import dev.unroll.autograd.plan.Result.Next;
import dev.unroll.autograd.plan.Result.Output;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The paths of gradients through the steps of a run. A loss that reads some results has no gradient
 * with respect to the parameters of others, rather than one of zeros, with which an optimizer would
 * update them; and what it does not read cannot make its gradients NaN.
 */
public final class Dependence {
  private final StepGraph step;
  private final Trace trace;
  private final Map<Apply, List<Expr>> operands = new HashMap<>();
  private final Map<Seeds, Arrival> arrivals = new HashMap<>();

  /** The values that gradients reach at one step, and the state before it. */
  private record Arrival(Set<Expr> values, Set<Integer> before) {}

  private Dependence(StepGraph step) {
    this.step = step;
    trace = Trace.of(step, Differentiate::literal);
  }

  /** Returns the dependencies of a step. */
  public static Dependence of(TracedStep step) {
    return of(step.graph());
  }

  /** Returns the dependencies of a step as it was traced. */
  static Dependence of(StepGraph traced) {
    return new Dependence(traced);
  }

  /** Returns what gradients reach in a run of one step or more. */
  public synchronized Reach reach(Seeds seeds, int steps) {
    Set<Integer> values = new HashSet<>();
    Set<Integer> state = new HashSet<>();
    List<Set<Integer>> after = new ArrayList<>(); // from the last step to the first
    Set<Integer> now = seeds.state();
    int again = -1;
    while (again < 0 && after.size() < steps) {
      after.add(now);
      state.addAll(now);
      Arrival a = arrival(seeds.outputs(), now);
      a.values.forEach(e -> values.add(e.id()));
      now = a.before;
      again = after.indexOf(now);
    }
    Set<Integer> initial = again < 0 ? now : after.get(repeated(steps, again, after.size()));
    return new Reach(seeds, values, state, initial, roles(values, initial));
  }

  /** Returns a place in a list of {@code size} places, after which {@code again} follows. */
  private static int repeated(int place, int again, int size) {
    return place < size ? place : again + (place - again) % (size - again);
  }

  private Set<Role> roles(Set<Integer> values, Set<Integer> initial) {
    return step.inputs().stream()
        .filter(in -> in.gradient() && values.contains(in.id()))
        .map(Input::role)
        .filter(r -> !(r instanceof Role.Carried(int i)) || initial.contains(i))
        .collect(Collectors.toSet());
  }

  /**
   * Returns the steps, in the order of the run, at which gradients reach rows of a table.
   *
   * @param tables the roles that the table is computed from
   * @param ids the role of the ids of the rows
   */
  public synchronized BitSet gathering(Set<Role> tables, Role ids, Seeds seeds, int steps) {
    Set<Expr> gathers =
        step.applies().stream()
            .filter(e -> isGather(e, tables, ids))
            .flatMap(e -> e.gradient() ? Stream.of(e) : readers(e).stream())
            .collect(Collectors.toSet());
    BitSet all = new BitSet(steps);
    Map<Set<Integer>, Boolean> known = new HashMap<>();
    Set<Integer> now = seeds.state();
    for (int t = steps - 1; t >= 0; t--) {
      Arrival a = arrival(seeds.outputs(), now);
      all.set(t, known.computeIfAbsent(now, k -> !Collections.disjoint(a.values, gathers)));
      now = a.before;
    }
    return all;
  }

  private static boolean isGather(Apply e, Set<Role> tables, Role ids) {
    return e.op() instanceof Gather
        && e.in().get(1) instanceof Input in
        && in.role().equals(ids)
        && !Collections.disjoint(inputs(e.in().get(0)), tables);
  }

  /** Returns the roles of the inputs that a value is computed from. */
  private static Set<Role> inputs(Expr of) {
    Set<Role> roles = new HashSet<>();
    Set<Expr> seen = new HashSet<>(Set.of(of));
    List<Expr> open = new ArrayList<>(seen);
    while (!open.isEmpty()) {
      switch (open.removeLast()) {
        case Input in -> roles.add(in.role());
        case Apply a -> a.in().stream().filter(seen::add).forEach(open::add);
      }
    }
    return roles;
  }

  /** Returns a value and those that are computed from it. */
  private Set<Expr> readers(Expr of) {
    Set<Expr> readers = new HashSet<>(Set.of(of));
    step.applies().stream()
        .filter(e -> !Collections.disjoint(e.in(), readers))
        .forEach(readers::add);
    return readers;
  }

  private Arrival arrival(Set<Integer> outputs, Set<Integer> after) {
    return arrivals.computeIfAbsent(new Seeds(outputs, after), this::arrival);
  }

  private Arrival arrival(Seeds at) {
    List<Expr> open = new ArrayList<>();
    Set<Expr> seen = new HashSet<>();
    for (Result r : step.results()) {
      boolean here =
          switch (r) {
            case Output o -> at.outputs().contains(o.index());
            case Next n -> at.state().contains(n.index());
            default -> false;
          };
      if (here) {
        add(r.of(), seen, open);
      }
    }
    Set<Integer> before = new HashSet<>();
    while (!open.isEmpty()) {
      switch (open.removeLast()) {
        case Input(Role.Carried(int i), var info) -> before.add(i);
        case Input in -> {}
        case Apply a -> add(operands.computeIfAbsent(a, this::operands), seen, open);
      }
    }
    return new Arrival(seen, before);
  }

  private static void add(List<Expr> values, Set<Expr> seen, List<Expr> open) {
    values.stream().filter(e -> e.gradient() && seen.add(e)).forEach(open::add);
  }

  /** Returns the operands that the gradient of an operation propagates to. */
  private List<Expr> operands(Apply e) {
    Variable g = trace.input(new Role.OutputSeed(e.id()), e.type(), e.shape(), false);
    Variable[] in = e.in().stream().map(u -> trace.variable(u.id())).toArray(Variable[]::new);
    Variable out = trace.variable(e.id());
    return Differentiate.gradients(() ->
        IntStream.range(0, in.length)
            .filter(i -> e.in().get(i).gradient() && e.op().gradient(i, g, out, in) != null)
            .mapToObj(e.in()::get)
            .toList());
  }
}
