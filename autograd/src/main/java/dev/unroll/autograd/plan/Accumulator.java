package dev.unroll.autograd.plan;

import dev.unroll.autograd.op.Elementwise.Add;
import dev.unroll.autograd.op.Indexing.ScatterAdd;
import dev.unroll.autograd.op.Products.MatMul;
import dev.unroll.autograd.op.Reductions.SumTo;
import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.Expr.Facts;
import dev.unroll.autograd.plan.Expr.Input;
import dev.unroll.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a term of the gradient with respect to a loop-invariant is summed over all steps. Products,
 * sums of rows and scattered rows are summed without being computed at each step.
 */
enum Accumulator {
  /** {@code sum left' right}, for a matrix. */
  OUTER,
  /** The sum of the rows of all steps, for a row. */
  ROWS,
  /** Rows added to the rows of a table selected by ids, for a table. */
  SCATTER,
  /** The sum of the values. */
  EACH;

  /** Returns the terms of a sum, which can be accumulated one by one. */
  static Stream<Expr> terms(Expr e) {
    return switch (e) {
      case Apply(Add(), List<Expr> in, Facts info)
          when in.get(0).shape().equals(in.get(1).shape()) ->
          in.stream().flatMap(Accumulator::terms);
      default -> Stream.of(e);
    };
  }

  /** Returns the accumulation of a term. */
  static Result.Accumulate of(Role by, Expr term) {
    return switch (term) {
      case Apply(MatMul(boolean ta, boolean tb), List<Expr> in, Facts info)
          when ta && !tb && in.stream().allMatch(u -> u.shape().rank() == 2) ->
          new Result.Accumulate(by, OUTER, in);
      case Apply(SumTo(Shape to), List<Expr> in, Facts info)
          when isRow(to, in.getFirst().shape()) ->
          new Result.Accumulate(by, ROWS, in);
      case Apply(ScatterAdd s, List<Expr> in, Facts info)
          when in.get(0).shape().rank() == 2 && isIds(in.get(1)) ->
          new Result.Accumulate(by, SCATTER, in);
      default -> new Result.Accumulate(by, EACH, List.of(term));
    };
  }

  private static boolean isRow(Shape to, Shape from) {
    return from.rank() == 2 && to.rank() > 0 && to.size() == from.dim(1) && to.dim(-1) == to.size();
  }

  /** Returns whether there is an id for each row of each step. */
  static boolean isIds(Expr e) {
    return e instanceof Input(Role.Sequence s, Facts info) && info.shape().rank() == 1;
  }
}
