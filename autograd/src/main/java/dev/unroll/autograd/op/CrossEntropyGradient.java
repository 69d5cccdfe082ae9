package dev.unroll.autograd.op;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * {@code g (softmax(x) - onehot)}: logits {@code [N, V]}, class numbers {@code [N]}, and {@code g
 * [N]}.
 */
public record CrossEntropyGradient() implements Op {
  @Override
  public DType type(DType... in) {
    return in[0];
  }

  @Override
  public Shape shape(Shape... in) {
    if (in[0].rank() != 2 || !in[1].equals(Shape.of(in[0].dim(0)))) {
      throw new IllegalArgumentException(
          "[crossEntropy] expects logits [N, V] and targets [N]: " + Shape.join(in[0], in[1]));
    }
    if (!in[2].equals(in[1])) {
      throw new IllegalArgumentException(
          "[crossEntropy] expects a gradient for each row: " + Shape.join(in));
    }
    return in[0];
  }

  @Override
  public Tensor forward(Tensor... in) {
    return Softmax.losses(in[0], in[1], in[2]).gradient();
  }

  @Override
  public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
    if (i == 1) {
      return null;
    }
    int n = in[1].shape().size();
    Shape column = Shape.of(n, 1);
    if (i == 2) {
      // The gradient is linear in g: ask for it with g = 1, and contract.
      Variable one = Variable.of(Tensor.full(g.type(), 1, Shape.of(n)));
      Variable d = Variable.apply(new CrossEntropyGradient(), in[0], in[1], one);
      return g.mul(d).sumTo(column).reshape(Shape.of(n));
    }
    // Rows that do not count have a gradient of zero whatever their logits, NaN included.
    Variable counts = Variable.of(in[1].value().to(g.type())).affine(1, 1);
    Variable zero = Variable.scalar(g.type(), 0);
    Variable weight = in[2].where(counts, zero).reshape(column);
    Variable p = in[0].where(counts.reshape(column), zero).softmax();
    Variable gp = g.mul(p);
    return gp.sub(p.mul(gp.sumTo(column))).mul(weight);
  }
}
