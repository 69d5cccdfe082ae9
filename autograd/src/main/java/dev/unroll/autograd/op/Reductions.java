package dev.unroll.autograd.op;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Reduction;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;

/** Operations that reduce axes, and those that normalize along one. */
public final class Reductions {
  private Reductions() {}

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
}
