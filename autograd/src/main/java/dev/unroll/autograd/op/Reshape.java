package dev.unroll.autograd.op;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/** The same elements under another shape. */
public record Reshape(Shape to) implements Op {
  @Override
  public Shape shape(Shape... in) {
    if (in[0].size() != to.size()) {
      throw new IllegalArgumentException("[reshape] sizes differ: " + in[0] + " to " + to);
    }
    return to;
  }

  @Override
  public Tensor forward(Tensor... in) {
    return in[0].reshape(to.dims());
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g.reshape(in[0].shape());
  }
}
