package dev.unroll.autograd.plan;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.Expr.Input;
import dev.unroll.autograd.plan.Result.Next;
import dev.unroll.autograd.plan.Result.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What gradients reach: for each result of a run, the sequences, initial states and variables from
 * outside of the step that eager execution would propagate its gradient to. A loss that reads some
 * results only has no gradient with respect to the others' parameters, rather than one of zeros,
 * which an optimizer would use for an update.
 *
 * <p>It is derived from the step as it was traced: the other passes merge products, and with them
 * what they depend on.
 */
public final class Dependence {

  /**
   * What each output, over all steps, and each state, after the last step, depends on, by index.
   */
  public record Reach(Map<Integer, Set<Role>> outputs, Map<Integer, Set<Role>> state) {}

  private final Map<Integer, Set<Role>> outputs = new LinkedHashMap<>();
  private final Map<Integer, Set<Role>> next = new LinkedHashMap<>();

  /** By number of steps, until one repeats. */
  private final List<Reach> reaches = new ArrayList<>();

  /** The index of the reach that follows the last one again, or -1 if it is not known yet. */
  private int again = -1;

  private Dependence(StepGraph traced) {
    Sources sources = new Sources(traced);
    traced.results(Output.class).forEach(o -> outputs.put(o.index(), sources.of(o.value())));
    traced.results(Next.class).forEach(n -> next.put(n.index(), sources.of(n.value())));
  }

  /** Finds the dependencies of a step as it was traced. */
  static Dependence of(StepGraph traced) {
    return new Dependence(traced);
  }

  /** The inputs of a step that gradients with respect to its values reach. */
  private static final class Sources {
    private final Trace trace;
    private final Map<Apply, List<Expr>> operands = new HashMap<>();

    Sources(StepGraph traced) {
      trace = Trace.of(traced, (i, v) -> new Role.Literal(i, v.value()));
    }

    Set<Role> of(Expr result) {
      Set<Role> roles = new HashSet<>();
      Set<Expr> seen = new HashSet<>(Set.of(result));
      List<Expr> open = new ArrayList<>(seen);
      while (!open.isEmpty()) {
        Expr e = open.removeLast();
        if (!e.gradient()) {
          continue;
        }
        switch (e) {
          case Input in -> roles.add(in.role());
          case Apply a ->
              operands.computeIfAbsent(a, this::operands).stream()
                  .filter(seen::add)
                  .forEach(open::add);
        }
      }
      return roles;
    }

    /** Returns the operands that the gradient of an operation propagates to. */
    private List<Expr> operands(Apply e) {
      Variable g = trace.input(new Role.OutputSeed(e.id()), e.type(), e.shape(), false);
      Variable[] in = e.in().stream().map(u -> trace.variable(u.id())).toArray(Variable[]::new);
      Variable out = trace.variable(e.id());
      return IntStream.range(0, in.length)
          .filter(i -> e.in().get(i).gradient())
          .filter(i -> Variable.withoutGradient(() -> e.op().gradient(i, g, out, in) != null))
          .mapToObj(e.in()::get)
          .toList();
    }
  }

  /** Returns what the results of a run of one step or more depend on. */
  public synchronized Reach after(int steps) {
    while (again < 0 && reaches.size() < steps) {
      Reach r = reaches.isEmpty() ? new Reach(outputs, next) : later(reaches.getLast());
      again = reaches.indexOf(r);
      if (again < 0) {
        reaches.add(r);
      }
    }
    int i = steps - 1;
    int n = reaches.size();
    return reaches.get(i < n ? i : again + (i - again) % (n - again));
  }

  /** Returns what results depend on after one step more. */
  private Reach later(Reach before) {
    Map<Integer, Set<Role>> all = through(outputs, before);
    all.forEach((i, roles) -> roles.addAll(before.outputs.getOrDefault(i, Set.of())));
    return new Reach(all, through(next, before));
  }

  /** Replaces the state that a step receives by what it depends on itself. */
  private static Map<Integer, Set<Role>> through(Map<Integer, Set<Role>> step, Reach before) {
    Map<Integer, Set<Role>> all = new LinkedHashMap<>();
    step.forEach((index, direct) -> {
      Set<Role> roles = new HashSet<>();
      for (Role r : direct) {
        if (r instanceof Role.Carried(int i)) {
          roles.addAll(before.state.getOrDefault(i, Set.of()));
        } else {
          roles.add(r);
        }
      }
      all.put(index, roles);
    });
    return all;
  }
}
