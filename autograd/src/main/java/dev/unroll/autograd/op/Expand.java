package dev.unroll.autograd.op;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/** Axes of size 1 repeated, new axes in front. */
public record Expand(Shape to) implements Op {
  @Override
  public Shape shape(Shape... in) {
    if (!Shape.broadcast("expand", in[0], to).equals(to)) {
      throw new IllegalArgumentException("[expand] " + in[0] + " does not broadcast to " + to);
    }
    return to;
  }

  @Override
  public Tensor forward(Tensor... in) {
    return in[0].expand(to);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g.sumTo(in[0].shape());
  }
}
