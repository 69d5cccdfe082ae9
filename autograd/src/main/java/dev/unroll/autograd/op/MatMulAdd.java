package dev.unroll.autograd.op;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Matrices;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/**
 * {@code C + A B}, C broadcast over rows: {@code [..., N] or [N], [..., K], [K, N] -> [..., N]}.
 */
public record MatMulAdd() implements Op {
  @Override
  public Shape shape(Shape... in) {
    Shape product = Matrices.productShape(in[1], false, in[2], false);
    if (in[2].rank() != 2) {
      throw new IllegalArgumentException("[matMulAdd] expects one matrix B: " + in[2]);
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
