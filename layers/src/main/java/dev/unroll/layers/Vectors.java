package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import java.util.function.UnaryOperator;

/** Applies functions of matrices to single vectors. */
final class Vectors {
  private Vectors() {}

  /**
   * Applies a function of rows to a vector or to rows.
   *
   * @param x {@code [..., I]}
   * @param f from {@code [..., N, I]} to {@code [..., N, O]}
   * @return {@code [..., O]}
   */
  static Variable asRows(Variable x, UnaryOperator<Variable> f) {
    if (x.shape().rank() != 1) {
      return f.apply(x);
    }
    Variable row = f.apply(x.reshape(x.shape().insert(0, 1)));
    return row.reshape(row.shape().without(0));
  }
}
