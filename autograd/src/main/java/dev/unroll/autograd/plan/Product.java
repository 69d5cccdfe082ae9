package dev.unroll.autograd.plan;

import dev.unroll.autograd.op.Products.MatMul;
import dev.unroll.autograd.op.Products.MatMulAdd;
import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.Expr.Facts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product of rows with a loop-invariant matrix, which is packed once for all steps.
 *
 * @param addend the addend, or null
 * @param transposed whether the matrix is stored as {@code [N, K]}
 */
record Product(@Nullable Expr addend, Expr left, Expr matrix, boolean transposed) {

  /** Returns an expression as such a product, or null if it is not one. */
  static @Nullable Product of(Expr e) {
    return switch (e) {
      case Apply(MatMul(boolean ta, boolean tb), List<Expr> in, Facts info) when !ta ->
          packed(new Product(null, in.get(0), in.get(1), tb));
      case Apply(MatMulAdd(), List<Expr> in, Facts info) ->
          packed(new Product(in.get(0), in.get(1), in.get(2), false));
      default -> null;
    };
  }

  private static @Nullable Product packed(Product p) {
    boolean matrices = p.left.shape().rank() == 2 && p.matrix.shape().rank() == 2;
    return matrices && p.matrix.isBoundOnce() ? p : null;
  }
}
