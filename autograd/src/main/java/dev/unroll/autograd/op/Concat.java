package dev.unroll.autograd.op;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;

/**
 * Inputs one after the other along an axis. Their copy is made only where it is read: the outputs
 * of a long sequence, when all that counts is its last state, never are.
 */
public record Concat(int axis) implements DeferredOp {
  @Override
  public Shape shape(Shape... in) {
    return Join.concatShape(axis, in);
  }

  @Override
  public Tensor forward(Tensor... in) {
    return Join.concat(axis, List.of(in));
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    int from = 0;
    for (int k = 0; k < i; k++) {
      from += in[k].shape().dim(axis);
    }
    return g.slice(axis, from, from + in[i].shape().dim(axis));
  }
}
