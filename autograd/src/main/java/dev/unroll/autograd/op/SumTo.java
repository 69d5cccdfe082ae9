package dev.unroll.autograd.op;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Reduction;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/** The sum over the axes that broadcasting would repeat. */
public record SumTo(Shape to) implements Op {
  @Override
  public String name() {
    return "sum";
  }

  @Override
  public Shape shape(Shape... in) {
    if (!Shape.broadcast("sum", in[0], to).equals(in[0])) {
      throw new IllegalArgumentException("[sum] " + to + " does not broadcast to " + in[0]);
    }
    return to;
  }

  @Override
  public Tensor forward(Tensor... in) {
    return Reduction.sumTo(in[0], to);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g.expand(in[0].shape());
  }
}
