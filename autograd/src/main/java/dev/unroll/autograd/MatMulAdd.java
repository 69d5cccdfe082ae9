package dev.unroll.autograd;

import dev.unroll.tensor.Matrices;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/** {@code C + A B}, C broadcast over rows: {@code [M, N] or [N], [M, K], [K, N] -> [M, N]}. */
record MatMulAdd() implements Op {
  @Override
  public Shape shape(Shape... in) {
    Shape product = Matrices.productShape(in[1], false, in[2], false);
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
    return in[0].add(Matrices.product(in[1], false, in[2], false));
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return switch (i) {
      case 0 -> g.sumTo(in[0].shape());
      case 1 -> g.matmulTransposed(in[2]).sumTo(in[1].shape());
      default -> Variable.apply(new MatMul(true, false), in[1], g).sumTo(in[2].shape());
    };
  }
}
