package dev.unroll.autograd.plan;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.op.Elementwise.Add;
import dev.unroll.autograd.op.Indexing.Gather;
import dev.unroll.autograd.op.Movement.Concat;
import dev.unroll.autograd.op.Movement.Permute;
import dev.unroll.autograd.op.Movement.Reshape;
import dev.unroll.autograd.op.Movement.Slice;
import dev.unroll.autograd.op.Products.MatMul;
import dev.unroll.autograd.op.Products.MatMulAdd;
import dev.unroll.autograd.plan.Trace.Input;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a step anew so that there are as few products as can be:
 *
 * <ul>
 *   <li>what does not depend on the step is computed once, before the loop;
 *   <li>{@code concat(a, b) W = a W' + b W''}, and {@code gather(E, ids) W = gather(E W, ids)}
 *       where the table E is shorter than what is read of it;
 *   <li>sums of products of the same left-hand sides become slices of one: {@code x W1 + h U1 + b1,
 *       x W2 + h U2 + b2} of {@code x [W1 W2] + h [U1 U2] + [b1 b2]}, those first that are known
 *       first.
 * </ul>
 *
 * <p>Weights are put together by operations that are recorded outside of the loop, so that their
 * gradients find their own way.
 */
public final class Rewriting {
  /** A product, and the weight that it is with. */
  private record Factor(Variable left, Variable weight, boolean transposed, int from, int to) {}

  /** A sum that has products among its terms. */
  private record Sums(
      List<Factor> factors, List<Factor> tables, List<Variable> rows, List<Variable> rest) {
    Sums() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    boolean hasProduct() {
      return !factors.isEmpty() || !tables.isEmpty();
    }

    /** What sums must share to be computed as one. */
    List<List<Variable>> lefts() {
      return List.of(lefts(tables), lefts(factors));
    }

    private static List<Variable> lefts(List<Factor> of) {
      return of.stream().map(Factor::left).distinct().toList();
    }
  }

  private final TracedStep old;
  private final TracedStep made = new TracedStep();
  private final Map<Variable, Variable> to = new HashMap<>();
  private final Map<Variable, Integer> readers = new HashMap<>();
  private final Set<Variable> absorbed = new HashSet<>();
  private final Map<Variable, Sums> sums = new LinkedHashMap<>();
  private final Map<List<List<Variable>>, List<Variable>> groups = new LinkedHashMap<>();
  private final List<String> log;
  private final int steps;
  private final Stages stages;

  private Rewriting(TracedStep old, int steps, List<Variable> live, List<String> log) {
    this.old = old;
    this.steps = steps;
    this.log = log;
    Map<Variable, Integer> given = new HashMap<>();
    old.invariants.forEach(v -> given.put(v, Stages.ONCE));
    old.sequences.forEach(v -> given.put(v, 0));
    stages = new Stages(live, given, old.carried, old.next, Set.of());
    for (Variable v : live) {
      Trace.in(v).forEach(u -> readers.merge(u, 1, Integer::sum));
    }
    old.outputs.forEach(v -> readers.merge(v, 2, Integer::sum));
    old.next.forEach(v -> readers.merge(v, 2, Integer::sum));
  }

  /** Returns an equal step, rewritten for a number of steps. */
  static TracedStep of(TracedStep step, int steps, List<String> log) {
    List<Variable> live = live(step);
    Rewriting r = new Rewriting(step, steps, live, log);
    r.find(live);
    r.replay(live);
    return r.made;
  }

  /** Returns what is computed and read, in order. */
  private static List<Variable> live(TracedStep step) {
    Set<Variable> wanted = new HashSet<>(step.outputs);
    wanted.addAll(step.next);
    List<Variable> live = new ArrayList<>();
    for (Variable v : step.trace.variables().reversed()) {
      if (wanted.contains(v) && step.trace.input(v) == null) {
        live.add(v);
        wanted.addAll(Trace.in(v));
      }
    }
    return live.reversed();
  }

  private void find(List<Variable> live) {
    for (Variable v : live.reversed()) {
      if (absorbed.contains(v) || stages.of(v) == Stages.ONCE) {
        continue;
      }
      Sums s = new Sums();
      if (isProduct(v) || isProductAndSum(v) || isSum(v)) {
        collect(v, v, s);
      }
      if (s.hasProduct()) {
        sums.put(v, s);
      }
    }
    List<Variable> inOrder = new ArrayList<>(sums.keySet());
    inOrder.sort(Comparator.comparingInt(old.trace::number));
    for (Variable v : inOrder) {
      groups.computeIfAbsent(sums(v).lefts(), k -> new ArrayList<>()).add(v);
    }
  }

  private Sums sums(Variable v) {
    return Objects.requireNonNull(sums.get(v));
  }

  private boolean isProduct(Variable v) {
    return Trace.op(v) instanceof MatMul m
        && !m.ta()
        && isProduct(v, Trace.in(v).get(0), Trace.in(v).get(1));
  }

  private boolean isProductAndSum(Variable v) {
    return Trace.op(v) instanceof MatMulAdd && isProduct(v, Trace.in(v).get(1), Trace.in(v).get(2));
  }

  private boolean isProduct(Variable v, Variable left, Variable right) {
    return v.shape().rank() == 2
        && stages.of(right) == Stages.ONCE
        && stages.of(left) != Stages.ONCE
        && right.shape().rank() == 2;
  }

  private boolean isSum(Variable v) {
    return Trace.op(v) instanceof Add
        && v.shape().rank() == 2
        && Trace.in(v).stream().anyMatch(u -> u.shape().equals(v.shape()));
  }

  /** Whether a sum has a product among its terms: only then is it taken apart. */
  private boolean holdsProduct(Variable v, Variable root) {
    if (v != root && (readers.getOrDefault(v, 0) > 1 || !v.shape().equals(root.shape()))) {
      return false;
    }
    return isProduct(v)
        || isProductAndSum(v)
        || (isSum(v) && Trace.in(v).stream().anyMatch(u -> holdsProduct(u, root)));
  }

  private void collect(Variable v, Variable root, Sums s) {
    boolean own = v == root || (readers.getOrDefault(v, 0) == 1 && v.shape().equals(root.shape()));
    if (own && isProduct(v)) {
      absorb(v, root);
      Variable weight = Trace.in(v).get(1);
      boolean tb = Trace.op(v) instanceof MatMul m && m.tb();
      factors(Trace.in(v).get(0), weight, tb, 0, weight.shape().dim(tb ? 1 : 0), s);
    } else if (own && isProductAndSum(v)) {
      absorb(v, root);
      Variable weight = Trace.in(v).get(2);
      collect(Trace.in(v).get(0), root, s);
      factors(Trace.in(v).get(1), weight, false, 0, weight.shape().dim(0), s);
    } else if (own && isSum(v) && holdsProduct(v, root)) {
      absorb(v, root);
      for (Variable u : Trace.in(v)) {
        collect(u, root, s);
      }
    } else if (stages.of(v) == Stages.ONCE && isRow(v, root.shape().dim(1))) {
      s.rows.add(v);
    } else {
      s.rest.add(v);
    }
  }

  private void absorb(Variable v, Variable root) {
    if (v != root) {
      absorbed.add(v);
    }
  }

  private static boolean isRow(Variable v, int n) {
    return v.shape().size() == n && v.shape().rank() > 0 && v.shape().dim(-1) == n;
  }

  /** Takes a concatenated left-hand side apart. */
  private void factors(Variable left, Variable weight, boolean tb, int from, int to, Sums s) {
    if (Trace.op(left) instanceof Concat c && c.axis() == 1) {
      log.add("split product of " + left.shape() + " into " + Trace.in(left).size());
      int at = from;
      for (Variable part : Trace.in(left)) {
        int end = at + part.shape().dim(1);
        factors(part, weight, tb, at, end, s);
        at = end;
      }
    } else if (Trace.op(left) instanceof Gather
        && stages.of(Trace.in(left).get(0)) == Stages.ONCE
        && Trace.in(left).get(1).shape().rank() == 1
        && TracedStep.isProjected(left, steps)) {
      s.tables.add(new Factor(left, weight, tb, from, to));
    } else {
      s.factors.add(new Factor(left, weight, tb, from, to));
    }
  }

  private void replay(List<Variable> live) {
    for (Variable v : old.invariants) {
      Variable copy = made.trace.invariant(v.shape(), v.type(), v.requiresGradient());
      made.invariants.add(copy);
      to.put(v, copy);
    }
    for (Variable v : old.trace.variables()) {
      Input input = old.trace.input(v);
      if (input != null && !to.containsKey(v)) {
        to.put(
            v,
            made.trace.input(
                input.kind(), input.index(), v.shape(), v.type(), v.requiresGradient()));
      }
    }
    for (Variable v : live) {
      if (!absorbed.contains(v)) {
        now(v);
      }
    }
    old.sequences.forEach(v -> made.sequences.add(now(v)));
    old.carried.forEach(v -> made.carried.add(now(v)));
    old.outputs.forEach(v -> made.outputs.add(now(v)));
    old.next.forEach(v -> made.next.add(now(v)));
  }

  /** Returns what stands for a variable in the new step. */
  private Variable now(Variable v) {
    if (!to.containsKey(v)) {
      Sums s = sums.get(v);
      if (s != null) {
        product(groups.getOrDefault(s.lefts(), List.of()));
      } else if (stages.of(v) == Stages.ONCE) {
        to.put(v, derive(op(v), Trace.in(v).stream().map(this::now).toArray(Variable[]::new)));
      } else {
        to.put(v, apply(v));
      }
    }
    Variable n = to.get(v);
    if (n == null) {
      throw new IllegalStateException("[plan] not written: " + v);
    }
    return n;
  }

  private Variable apply(Variable v) {
    Variable[] in = Trace.in(v).stream().map(this::now).toArray(Variable[]::new);
    if (v.requiresGradient()) {
      return Variable.apply(op(v), in);
    }
    return Variable.withoutGradient(() -> Variable.apply(op(v), in));
  }

  private static Op op(Variable v) {
    Op op = Trace.op(v);
    if (op == null) {
      throw new IllegalStateException("[plan] not computed: " + v);
    }
    return op;
  }

  /** Computes sums of products of the same left-hand sides as one. */
  private void product(List<Variable> members) {
    List<List<Variable>> shared = sums(members.getFirst()).lefts();
    Variable row = row(members);
    Variable sum = null;
    for (Variable rows : shared.get(0)) {
      Variable weight = weight(members, rows, Sums::tables);
      Variable table = derive(new MatMul(false, false), now(Trace.in(rows).get(0)), weight);
      if (sum == null && row != null) {
        table = derive(new Add(), table, row);
      }
      Variable x = table.gather(now(Trace.in(rows).get(1)));
      sum = sum == null ? x : sum.add(x);
      log.add("looked up in a projected table " + table.shape());
    }
    List<Variable> lefts = new ArrayList<>(shared.get(1));
    lefts.sort(Comparator.comparingInt(stages::of));
    for (Variable left : lefts) {
      Variable weight = weight(members, left, Sums::factors);
      Variable before = sum == null ? row : sum;
      Variable x = now(left);
      sum = before == null ? x.matmul(weight) : Variable.apply(new MatMulAdd(), before, x, weight);
    }
    Variable all = Objects.requireNonNull(sum);
    if (members.size() > 1) {
      log.add("merged " + members.size() + " sums of products into " + all.shape());
    }
    int at = 0;
    for (Variable v : members) {
      int n = v.shape().dim(1);
      Variable part = members.size() == 1 ? all : all.slice(1, at, at + n);
      at += n;
      for (Variable r : sums(v).rest) {
        part = part.add(now(r));
      }
      to.put(v, part);
    }
  }

  private @Nullable Variable row(List<Variable> members) {
    if (members.stream().anyMatch(v -> sums(v).rows.isEmpty())) {
      members.forEach(v -> sums(v).rest.addAll(sums(v).rows));
      return null;
    }
    List<Variable> rows = new ArrayList<>();
    for (Variable v : members) {
      int n = v.shape().dim(1);
      Variable sum = null;
      for (Variable b : sums(v).rows) {
        Variable row = now(b);
        row = row.shape().rank() == 1 ? row : derive(new Reshape(Shape.of(n)), row);
        sum = sum == null ? row : derive(new Add(), sum, row);
      }
      rows.add(Objects.requireNonNull(sum));
    }
    return together(0, rows.toArray(Variable[]::new));
  }

  private Variable weight(
      List<Variable> members, Variable left, Function<Sums, List<Factor>> factors) {
    return together(
        1,
        members.stream().map(v -> weight(factors.apply(sums(v)), left)).toArray(Variable[]::new));
  }

  private Variable weight(List<Factor> factors, Variable left) {
    Variable sum = null;
    for (Factor f : factors) {
      if (f.left == left) {
        Variable w = now(f.weight);
        w = f.transposed ? derive(new Permute(List.of(1, 0)), w) : w;
        boolean whole = f.from == 0 && f.to == w.shape().dim(0);
        w = whole ? w : derive(new Slice(0, f.from, f.to), w);
        sum = sum == null ? w : derive(new Add(), sum, w);
      }
    }
    if (sum == null) {
      throw new IllegalStateException("[plan] no product with " + left);
    }
    return sum;
  }

  private Variable together(int axis, Variable... parts) {
    return parts.length == 1 ? parts[0] : derive(new Concat(axis), parts);
  }

  /** Adds something that is computed before the loop. */
  private Variable derive(Op op, Variable... in) {
    List<Integer> of = Arrays.stream(in).map(made.invariants::indexOf).toList();
    TracedStep.Derived d = new TracedStep.Derived(op, of);
    int have = made.derived.indexOf(d);
    if (have >= 0) {
      return made.invariants.get(old.invariants.size() + have);
    }
    boolean gradient = Arrays.stream(in).anyMatch(Variable::requiresGradient);
    Shape shape = op.shape(Arrays.stream(in).map(Variable::shape).toArray(Shape[]::new));
    Variable v = made.trace.invariant(shape, in[0].type(), gradient);
    made.derived.add(d);
    made.invariants.add(v);
    return v;
  }
}
