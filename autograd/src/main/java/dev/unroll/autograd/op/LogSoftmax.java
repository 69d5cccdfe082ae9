package dev.unroll.autograd.op;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;

/** Log-softmax over the last axis: {@code dx = g - softmax(x) sum(g)}. */
public record LogSoftmax() implements Op {
  @Override
  public Shape shape(Shape... in) {
    return in[0];
  }

  @Override
  public Tensor forward(Tensor... in) {
    return Softmax.logSoftmax(in[0]);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g.sub(out.exp().mul(g.sumTo(out.shape().with(-1, 1))));
  }
}
