package dev.unroll.autograd;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/** Runs operations, and compares what they return with what they have announced. */
final class Forward {
  private Forward() {}

  /**
   * Returns the result of an operation.
   *
   * @throws IllegalStateException if its type or shape is not the one announced
   */
  static Tensor of(Op op, DType type, Shape shape, Tensor... in) {
    Tensor out = op.forward(in);
    if (out.type() != type || !out.shape().equals(shape)) {
      throw new IllegalStateException(
          "["
              + op.name()
              + "] forward expected to return "
              + type
              + " "
              + shape
              + ", as announced, got "
              + out.type()
              + " "
              + out.shape());
    }
    return out;
  }
}
