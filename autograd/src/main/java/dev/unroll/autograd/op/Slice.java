package dev.unroll.autograd.op;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/** Positions {@code from} to {@code to}, exclusive, along an axis. */
public record Slice(int axis, int from, int to) implements Op {
  @Override
  public Shape shape(Shape... in) {
    if (from < 0 || to < from || to > in[0].dim(axis)) {
      throw new IllegalArgumentException(
          "[slice] " + from + " to " + to + " is not inside axis " + axis + " of " + in[0]);
    }
    return in[0].with(axis, to - from);
  }

  @Override
  public Tensor forward(Tensor... in) {
    return in[0].slice(axis, from, to);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return Variable.apply(new Pad(axis, from, in[0].shape().dim(axis)), g);
  }
}
