package dev.unroll.autograd;

import dev.unroll.tensor.Join;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;

/** Inputs of one shape along a new axis. */
record Stack(int axis) implements Op {
  @Override
  public Shape shape(Shape... in) {
    for (Shape s : in) {
      if (!s.equals(in[0])) {
        throw new IllegalArgumentException("[stack] shapes differ: " + Shape.join(in));
      }
    }
    return in[0].insert(axis, in.length);
  }

  @Override
  public Tensor forward(Tensor... in) {
    return Join.stack(axis, List.of(in));
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g.select(axis, i);
  }
}
