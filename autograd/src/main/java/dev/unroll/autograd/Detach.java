package dev.unroll.autograd;

import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The input itself, through which no gradient flows. */
record Detach() implements Op {
  @Override
  public Shape shape(Shape... in) {
    return in[0];
  }

  @Override
  public Tensor forward(Tensor... in) {
    return in[0];
  }

  @Override
  public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return null;
  }
}
