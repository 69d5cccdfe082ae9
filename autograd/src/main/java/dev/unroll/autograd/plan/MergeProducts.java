package dev.unroll.autograd.plan;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.op.Elementwise.Add;
import dev.unroll.autograd.op.Indexing.Gather;
import dev.unroll.autograd.op.Indexing.ProjectTable;
import dev.unroll.autograd.op.Movement.Concat;
import dev.unroll.autograd.op.Movement.Reshape;
import dev.unroll.autograd.op.Movement.Slice;
import dev.unroll.autograd.op.Products.MatMul;
import dev.unroll.autograd.op.Products.MatMulAdd;
import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.ProductSum.Shared;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Sums of products of the same left operands become slices of one: {@code x W1 + h U1 + b1} and
 * {@code x W2 + h U2 + b2} are parts of {@code b + x W + h U}, where {@code b}, {@code W} and
 * {@code U} are concatenated before the loop. A product is added to what comes before it, the row
 * first, then those whose left operand is known first.
 *
 * <pre>
 * %4 = matmul %x0 %c0           %d0 = once concat[axis=1] %c0 %c1
 * %5 = add %4 %c2        ->     %d1 = once concat[axis=0] %c2 %c3
 * %6 = matmul %x0 %c1           %4 = matMulAdd %d1 %x0 %d0
 * %7 = add %6 %c3               %5 = slice[axis=1, from=0, to=8] %4 ...
 * </pre>
 */
final class MergeProducts implements Rule {
  @Override
  public StepGraph apply(StepGraph graph, Setting setting) {
    return new Walk(graph, setting.steps()).run();
  }

  /** The rewriting of one graph. */
  private static final class Walk {
    private final StepGraph old;
    private final StepGraph.Builder to;
    private final Stages stages;
    private final Map<Apply, ProductSum> sums;
    private final Map<Shared, List<ProductSum>> groups = new LinkedHashMap<>();
    private final Map<Expr, Expr> now = new HashMap<>();

    /** By root, the sum of its products and of the row, to which the rest is added. */
    private final Map<Expr, Expr> products = new HashMap<>();

    Walk(StepGraph graph, int steps) {
      old = graph;
      to = new StepGraph.Builder(graph.type());
      stages = new Stages(graph, Set.of());
      sums = new ProductSum.Finder(graph, stages, steps).all();
      TreeSet<ProductSum> inOrder = new TreeSet<>(Comparator.comparingInt(s -> s.root().id()));
      inOrder.addAll(sums.values());
      inOrder.forEach(s -> groups.computeIfAbsent(s.shared(), k -> new ArrayList<>()).add(s));
    }

    StepGraph run() {
      old.inputs().forEach(in -> now.put(in, to.input(in)));
      old.live().forEach(this::now); // Terms of sums as well, which no result depends on then.
      to.results(old, this::now);
      return to.build().swept();
    }

    /** Returns the counterpart of a value in the new graph. */
    private Expr now(Expr e) {
      if (!now.containsKey(e) && e instanceof Apply a) {
        ProductSum s = sums.get(a);
        if (s == null) {
          now.put(a, to.apply(a, this::now));
        } else {
          now.put(a, sum(s));
        }
      }
      return Objects.requireNonNull(now.get(e));
    }

    /**
     * Returns a sum. The rest of one sum may read another sum of its group, so that only products
     * are computed for a whole group at once.
     */
    private Expr sum(ProductSum s) {
      List<ProductSum> members = Objects.requireNonNull(groups.get(s.shared()));
      if (!products.containsKey(s.root())) {
        multiply(members);
      }
      List<Expr> rest = new ArrayList<>(s.rest());
      rest.addAll(haveRows(members) ? List.of() : s.rows());
      Expr sum = Objects.requireNonNull(products.get(s.root()));
      for (Expr r : rest) {
        sum = apply(s, new Add(), sum, now(r));
      }
      return sum;
    }

    /** Merges the products of sums that have the same left operands. */
    private void multiply(List<ProductSum> members) {
      ProductSum first = members.getFirst();
      Shared shared = members.getFirst().shared();
      Expr row = haveRows(members) ? row(members) : null;
      Expr sum = null;
      for (Expr gathered : shared.tables()) {
        Expr weight = weight(members, gathered, ProductSum::tables);
        Expr whole = now(gathered.in().get(0));
        Expr table =
            sum == null && row != null
                ? to.apply(new ProjectTable(), whole, weight, row)
                : to.apply(new ProjectTable(), whole, weight);
        Expr x = apply(first, new Gather(), table, now(gathered.in().get(1)));
        sum = sum == null ? x : apply(first, new Add(), sum, x);
      }
      List<Expr> lefts = new ArrayList<>(shared.lefts());
      lefts.sort(Comparator.comparing(stages::of));
      for (Expr left : lefts) {
        Expr weight = weight(members, left, ProductSum::factors);
        Expr addend = sum == null ? row : sum;
        Expr x = now(left);
        sum =
            addend == null
                ? apply(first, new MatMul(false, false), x, weight)
                : apply(first, new MatMulAdd(), addend, x, weight);
      }
      Expr all = Objects.requireNonNull(sum);
      int at = 0;
      for (ProductSum s : members) {
        int end = at + s.width();
        boolean alone = members.size() == 1;
        products.put(s.root(), alone ? all : apply(s, new Slice(1, at, end), all));
        at = end;
      }
    }

    private Expr apply(ProductSum s, Op op, Expr... in) {
      return to.apply(op, !s.isDetached(), s.root().info().line(), List.of(in));
    }

    private static boolean haveRows(List<ProductSum> members) {
      return members.stream().noneMatch(s -> s.rows().isEmpty());
    }

    /** Returns the row that products are added to. */
    private Expr row(List<ProductSum> members) {
      List<Expr> rows = new ArrayList<>();
      for (ProductSum s : members) {
        Expr sum = null;
        for (Expr r : s.rows()) {
          Expr row = now(r);
          row = row.shape().rank() == 1 ? row : to.apply(new Reshape(Shape.of(s.width())), row);
          sum = sum == null ? row : to.apply(new Add(), sum, row);
        }
        rows.add(Objects.requireNonNull(sum));
      }
      return joined(0, rows);
    }

    /** Returns the concatenation of the weights of a left operand in all sums. */
    private Expr weight(
        List<ProductSum> members, Expr left, Function<ProductSum, List<Factor>> factors) {
      List<Expr> weights = new ArrayList<>();
      for (ProductSum s : members) {
        Expr sum = null;
        for (Factor f : factors.apply(s)) {
          if (f.left().equals(left)) {
            Expr w = f.rows(now(f.weight()), to);
            sum = sum == null ? w : to.apply(new Add(), sum, w);
          }
        }
        weights.add(Objects.requireNonNull(sum));
      }
      return joined(1, weights);
    }

    private Expr joined(int axis, List<Expr> parts) {
      return parts.size() == 1
          ? parts.getFirst()
          : to.apply(new Concat(axis), parts.toArray(Expr[]::new));
    }
  }
}
