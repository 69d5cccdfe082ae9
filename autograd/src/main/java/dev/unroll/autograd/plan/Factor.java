package dev.unroll.autograd.plan;

import dev.unroll.autograd.op.Movement.Permute;
import dev.unroll.autograd.op.Movement.Slice;
import java.util.List;

/**
 * A product that is a term of a sum: {@code left weight[from:to]}, with a loop-invariant weight.
 *
 * @param transposed whether the rows are columns of the weight as it is stored
 * @param from the first row
 * @param to the row after the last
 */
record Factor(Expr left, Expr weight, boolean transposed, int from, int to) {

  /** Returns the product with all rows of a weight. */
  static Factor of(Expr left, Expr weight, boolean transposed) {
    return new Factor(left, weight, transposed, 0, weight.shape().dim(transposed ? 1 : 0));
  }

  /** Returns the product of a part of the left operand, which begins at one of its columns. */
  Factor part(Expr part, int at) {
    int first = from + at;
    return new Factor(part, weight, transposed, first, first + part.shape().dim(1));
  }

  /**
   * Returns the rows of the weight, computed from its counterpart in a new graph: {@code matmul}
   * with a transposed weight is {@code matmul} with the weight turned once.
   */
  Expr rows(Expr stored, StepGraph.Builder graph) {
    Expr w = transposed ? graph.apply(new Permute(List.of(1, 0)), stored) : stored;
    boolean whole = from == 0 && to == w.shape().dim(0);
    return whole ? w : graph.apply(new Slice(0, from, to), w);
  }
}
