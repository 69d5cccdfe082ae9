package dev.unroll.autograd;

import dev.unroll.tensor.Matrices;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/** {@code C + A B}, C broadcast over rows: {@code [M, N] or [N], [M, K], [K, N] -> [M, N]}. */
record MatMulAdd() implements Op {
  @Override
  public Shape shape(Shape... in) {
    Shape product = Matrices.productShape(in[1], false, in[2], false);
    if (!Shape.broadcast("matMulAdd", in[0], product).equals(product)) {
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
