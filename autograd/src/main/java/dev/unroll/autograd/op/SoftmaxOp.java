package dev.unroll.autograd.op;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;

/** Softmax over the last axis: {@code dx = y (g - sum(g y))}. */
public record SoftmaxOp() implements Op {
  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public Shape shape(Shape... in) {
    return in[0];
  }

  @Override
  public Tensor forward(Tensor... in) {
    return Softmax.softmax(in[0]);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    Variable gy = g.mul(out);
    return gy.sub(out.mul(gy.sumTo(out.shape().with(-1, 1))));
  }
}
