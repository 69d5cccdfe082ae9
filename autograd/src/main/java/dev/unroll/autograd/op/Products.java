package dev.unroll.autograd.op;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Matrices;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/** Matrix products. */
public final class Products {
  private Products() {}

  /**
   * The matrix product over the last two axes, either side transposed or not; leading axes
   * broadcast.
   */
  public record MatMul(boolean ta, boolean tb) implements DeferredOp {
    @Override
    public String name() {
      return "matmul";
    }

    /**
     * A product with a transposed left-hand side is the gradient of a weight. At every step of a
     * sequence there is one for the same weight: their sum becomes one product (see {@code
     * PendingTerms}).
     */
    @Override
    public boolean isDeferred() {
      return ta && !tb;
    }

    @Override
    public Shape shape(Shape... in) {
      return Matrices.productShape(in[0], ta, in[1], tb);
    }

    @Override
    public Tensor forward(Tensor... in) {
      return Matrices.product(in[0], ta, in[1], tb);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      Variable d;
      if (i == 0) {
        d = ta ? product(tb, true, in[1], g) : product(false, !tb, g, in[1]);
      } else if (!ta && in[1].shape().rank() == 2) {
        d = tb ? ofWeight(g, in[0]) : ofWeight(in[0], g);
      } else {
        d = tb ? product(true, ta, g, in[0]) : product(!ta, false, in[0], g);
      }
      return d.sumTo(in[i].shape());
    }

    /** Returns {@code sum A' G} over all rows: the gradient of a weight matrix. */
    static Variable ofWeight(Variable a, Variable g) {
      return product(true, false, rows(a), rows(g));
    }

    private static Variable rows(Variable x) {
      int n = x.shape().dim(-1);
      return x.shape().rank() == 2 ? x : x.reshape(Shape.of(x.shape().without(-1).size(), n));
    }

    private static Variable product(boolean ta, boolean tb, Variable a, Variable b) {
      return Variable.apply(new MatMul(ta, tb), a, b);
    }
  }

  /**
   * {@code C + A B}, C broadcast over rows: {@code [..., N] or [N], [..., K], [K, N] -> [..., N]}.
   */
  public record MatMulAdd() implements Op {
    @Override
    public Shape shape(Shape... in) {
      Shape product = Matrices.productShape(in[1], false, in[2], false);
      if (in[2].rank() != 2) {
        throw new IllegalArgumentException("[matMulAdd] expected one matrix B, got " + in[2]);
      }
      boolean fits = in[0].rank() <= product.rank();
      for (int i = 1; fits && i <= in[0].rank(); i++) {
        fits = in[0].dim(-i) == 1 || in[0].dim(-i) == product.dim(-i);
      }
      if (!fits) {
        throw new IllegalArgumentException(
            "[matMulAdd] " + in[0] + " does not broadcast to " + product);
      }
      return product;
    }

    @Override
    public Tensor forward(Tensor... in) {
      return Matrices.productAdd(in[0], in[1], in[2]);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return switch (i) {
        case 0 -> g.sumTo(in[0].shape());
        case 1 -> g.matmulTransposed(in[2]);
        default -> MatMul.ofWeight(in[1], g);
      };
    }
  }
}
