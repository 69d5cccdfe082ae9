package dev.unroll.autograd.op;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Rows;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Rows {@code [ids..., E]} added into a table of zeros {@code [V, E]}. The table is made only where
 * it is read: the gradient of an embedding stays rows.
 */
public record ScatterAdd(int size) implements DeferredOp {
  @Override
  public DType type(DType... in) {
    return in[0];
  }

  @Override
  public Shape shape(Shape... in) {
    if (!in[0].equals(in[1].insert(in[1].rank(), in[0].dim(-1)))) {
      throw new IllegalArgumentException(
          "[scatterRows] expects rows [ids..., E] and ids: " + Shape.join(in));
    }
    return Shape.of(size, in[0].dim(-1));
  }

  @Override
  public Tensor forward(Tensor... in) {
    return Rows.scatterAdd(in[0], in[1], size);
  }

  @Override
  public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return i == 0 ? g.rows(in[1]) : null;
  }
}
