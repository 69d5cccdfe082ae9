package dev.unroll.autograd.plan;

import dev.unroll.autograd.op.Elementwise.Add;
import dev.unroll.autograd.op.Indexing.Gather;
import dev.unroll.autograd.op.Movement.Concat;
import dev.unroll.autograd.op.Products.MatMul;
import dev.unroll.autograd.op.Products.MatMulAdd;
import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.Expr.Facts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The terms of a sum of products. Two rules apply to each product:
 *
 * <ul>
 *   <li>{@code concat(a, b) W} is {@code a W' + b W''}, with the rows of W that belong to each
 *       part;
 *   <li>{@code gather(E, ids) W} is {@code gather(E W, ids)}, where the table E has fewer rows than
 *       all steps read of it.
 * </ul>
 *
 * @param root the sum
 * @param factors products
 * @param tables products whose left operand is gathered: the table is multiplied instead
 * @param rows loop-invariant rows, to which a product can be added
 * @param rest all other terms
 */
record ProductSum(
    Apply root, List<Factor> factors, List<Factor> tables, List<Expr> rows, List<Expr> rest) {

  ProductSum {
    factors = List.copyOf(factors);
    tables = List.copyOf(tables);
    rows = List.copyOf(rows);
    rest = List.copyOf(rest);
  }

  /** Returns the width of the sum. */
  int width() {
    return root.shape().dim(1);
  }

  /** The properties that sums must share to be merged. */
  record Shared(List<Expr> tables, List<Expr> lefts, boolean isDetached) {}

  /** Returns the properties that sums must share with this to be merged. */
  Shared shared() {
    return new Shared(lefts(tables), lefts(factors), isDetached());
  }

  /** Returns whether the gradient ends here, although terms have one. */
  boolean isDetached() {
    Stream<Expr> products =
        Stream.concat(factors.stream(), tables.stream())
            .flatMap(f -> Stream.of(f.left(), f.weight()));
    Stream<Expr> others = Stream.concat(rows.stream(), rest.stream());
    return !root.gradient() && Stream.concat(products, others).anyMatch(Expr::gradient);
  }

  private static List<Expr> lefts(List<Factor> of) {
    return of.stream().map(Factor::left).distinct().toList();
  }

  /** Finds the sums of a graph. */
  static final class Finder {
    private final StepGraph graph;
    private final Stages stages;
    private final int steps;
    private final Map<Expr, Integer> readers = new HashMap<>();
    private final Set<Expr> absorbed = new HashSet<>();

    Finder(StepGraph graph, Stages stages, int steps) {
      this.graph = graph;
      this.stages = stages;
      this.steps = steps;
      graph.live().forEach(e -> e.in().forEach(u -> readers.merge(u, 1, Integer::sum)));
      graph.results().forEach(r -> r.of().forEach(e -> readers.merge(e, 2, Integer::sum)));
    }

    /** Returns the sums, by their roots. */
    Map<Apply, ProductSum> all() {
      Map<Apply, ProductSum> all = new HashMap<>();
      for (Apply e : graph.live().reversed()) {
        if (!absorbed.contains(e) && holdsProduct(e, e)) {
          all.put(e, new Terms(e).sum());
        }
      }
      return all;
    }

    private boolean isOnce(Expr e) {
      return stages.of(e).equals(Stage.ONCE);
    }

    /** Whether this is a product of a value of each step with a loop-invariant matrix. */
    private boolean isProduct(Expr e) {
      return switch (e) {
        case Apply(MatMul(boolean ta, boolean tb), List<Expr> in, Facts info) ->
            !ta && isProduct(e, in.get(0), in.get(1));
        case Apply(MatMulAdd(), List<Expr> in, Facts info) -> isProduct(e, in.get(1), in.get(2));
        default -> false;
      };
    }

    private boolean isProduct(Expr e, Expr left, Expr right) {
      return e.shape().rank() == 2 && isOnce(right) && !isOnce(left);
    }

    private static boolean isSum(Expr e) {
      return e instanceof Apply a && a.op() instanceof Add;
    }

    /**
     * Returns whether a sum is the only reader of a value, so that its terms can be those of the
     * sum.
     */
    private boolean isOwn(Expr e, Apply root) {
      return e.equals(root)
          || (readers.getOrDefault(e, 0) == 1
              && e.shape().equals(root.shape())
              && (!root.gradient() || !(e instanceof Apply a && a.isDetached())));
    }

    /** Returns whether a sum has a product among its terms: only then is it decomposed. */
    private boolean holdsProduct(Expr e, Apply root) {
      return isOwn(e, root)
          && (isProduct(e) || (isSum(e) && e.in().stream().anyMatch(u -> holdsProduct(u, root))));
    }

    private static boolean isRow(Expr e, int width) {
      Facts info = e.info();
      return info.shape().size() == width
          && info.shape().rank() > 0
          && info.shape().dim(-1) == width;
    }

    /** The terms of one sum, while they are collected. */
    private final class Terms {
      private final Apply root;
      private final List<Factor> factors = new ArrayList<>();
      private final List<Factor> tables = new ArrayList<>();
      private final List<Expr> rows = new ArrayList<>();
      private final List<Expr> rest = new ArrayList<>();

      Terms(Apply root) {
        this.root = root;
        add(root);
      }

      ProductSum sum() {
        return new ProductSum(root, factors, tables, rows, rest);
      }

      private void add(Expr e) {
        if (!holdsProduct(e, root)) {
          (isOnce(e) && isRow(e, root.shape().dim(1)) ? rows : rest).add(e);
          return;
        }
        absorbed.add(e);
        switch (e) {
          case Apply(MatMul(boolean ta, boolean tb), List<Expr> in, Facts info) ->
              add(Factor.of(in.get(0), in.get(1), tb));
          case Apply(MatMulAdd(), List<Expr> in, Facts info) -> {
            add(in.get(0));
            add(Factor.of(in.get(1), in.get(2), false));
          }
          default -> e.in().forEach(this::add);
        }
      }

      private void add(Factor f) {
        switch (f.left()) {
          case Apply(Concat(int axis), List<Expr> parts, Facts info) when axis == 1 -> {
            int at = 0;
            for (Expr part : parts) {
              add(f.part(part, at));
              at += part.shape().dim(1);
            }
          }
          case Apply(Gather(), List<Expr> in, Facts info)
              when isOnce(in.get(0)) && isShorter(in.get(0), in.get(1), steps) ->
              tables.add(f);
          default -> factors.add(f);
        }
      }
    }
  }

  /** Returns whether a table has fewer rows than all steps read of it. */
  static boolean isShorter(Expr table, Expr ids, int steps) {
    return ids.shape().rank() == 1 && isShorter(table.shape().dim(0), ids.shape().size(), steps);
  }

  /** Returns whether a table of some rows has fewer than half of what all steps read of it. */
  static boolean isShorter(int rows, int ids, int steps) {
    return 2L * rows <= (long) steps * ids;
  }
}
