package dev.unroll.autograd.scan;

import dev.unroll.autograd.op.Indexing.ProjectTable;
import dev.unroll.autograd.plan.Dependence;
import dev.unroll.autograd.plan.Reach;
import dev.unroll.autograd.plan.Role;
import dev.unroll.autograd.plan.Seeds;
import dev.unroll.autograd.plan.TracedStep;
import dev.unroll.tensor.Buffers;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of a step that losses read. A backward pass is planned for those that the last loss
 * read, at first for the outputs: if another loss reads others, the scan is run again with the plan
 * for these.
 */
final class ReadResults {
  private final Dependence dependence;
  private final int outputs;
  private final List<Integer> state;
  private final List<Seeds> single; // [position]: the result of this position alone
  private final Map<Object, Reach> reaches = PlanCache.latest();
  private final Map<Object, BitSet> gatherings = PlanCache.latest();
  private volatile @Nullable Seeds last;

  ReadResults(TracedStep step) {
    dependence = Buffers.outside(() -> Dependence.of(step));
    outputs = step.outputs().size();
    state = step.changed();
    single = IntStream.range(0, outputs + state.size()).mapToObj(i -> seeds(Set.of(i))).toList();
  }

  /** Returns the results of these positions: the outputs, then the state. */
  Seeds seeds(Set<Integer> positions) {
    Set<Integer> of = new HashSet<>();
    Set<Integer> after = new HashSet<>();
    for (int i : positions) {
      if (i < outputs) {
        of.add(i);
      } else {
        after.add(state.get(i - outputs));
      }
    }
    return new Seeds(of, after);
  }

  /** Returns the positions of the results that depend on a variable with a gradient. */
  Set<Integer> withGradient(Predicate<Role> requiresGradient, int steps) {
    Set<Integer> positions = new HashSet<>();
    for (int i = 0; i < single.size(); i++) {
      for (Role role : reach(single.get(i), steps).roles()) {
        if (requiresGradient.test(role)) {
          positions.add(i);
          break;
        }
      }
    }
    return positions;
  }

  /** Returns the results that the next loss is expected to read, of those that it can read. */
  Seeds expected(Set<Integer> withGradient) {
    Seeds all = seeds(withGradient);
    Seeds before = last;
    if (before == null) {
      return all.outputs().isEmpty() ? all : new Seeds(all.outputs(), Set.of());
    }
    Set<Integer> o = new HashSet<>(before.outputs());
    o.retainAll(all.outputs());
    Set<Integer> s = new HashSet<>(before.state());
    s.retainAll(all.state());
    return o.isEmpty() && s.isEmpty() ? all : new Seeds(o, s);
  }

  /** Remembers the results that a loss has read. */
  void read(Seeds seeds) {
    last = seeds;
  }

  /** Returns what gradients reach that arrive at some results. */
  Reach reach(Seeds seeds, int steps) {
    return reaches.computeIfAbsent(List.of(seeds, steps), _ -> dependence.reach(seeds, steps));
  }

  /** Returns the steps at which gradients reach rows of a table that are gathered by ids. */
  BitSet gathering(Role table, Role ids, Seeds seeds, int steps) {
    return gatherings.computeIfAbsent(
        List.of(table, ids, seeds, steps),
        _ -> {
          Set<Role> tables = traced(table).collect(Collectors.toSet());
          return dependence.gathering(tables, traced(ids).findFirst().orElseThrow(), seeds, steps);
        });
  }

  /** Returns the roles in the traced step that a loop-invariant is computed from. */
  private static Stream<Role> traced(Role role) {
    return switch (role) {
      case Role.Derived(int i, ProjectTable p, List<Role> of, boolean r) -> traced(of.getFirst());
      case Role.Derived d -> d.of().stream().flatMap(ReadResults::traced);
      case Role.Unchanged(int i) -> Stream.of(new Role.Carried(i));
      default -> Stream.of(role);
    };
  }
}
