package dev.unroll.autograd.op;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/**
 * Zeros along an axis, and the input from a position on. Its value is made only where it is read:
 * sums of such parts become one concatenation (see {@code PendingTerms}).
 */
public record Pad(int axis, int from, int size) implements DeferredOp {
  @Override
  public Shape shape(Shape... in) {
    if (from < 0 || (long) from + in[0].dim(axis) > size) {
      throw new IllegalArgumentException(
          "[pad] " + in[0] + " from " + from + " on does not fit into " + in[0].with(axis, size));
    }
    return in[0].with(axis, size);
  }

  @Override
  public Tensor forward(Tensor... in) {
    return Join.pad(in[0], axis, from, size);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g.slice(axis, from, from + in[0].shape().dim(axis));
  }
}
