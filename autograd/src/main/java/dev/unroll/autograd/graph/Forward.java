package dev.unroll.autograd.graph;

import dev.unroll.autograd.Op;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/** Runs operations, and compares their results with the declared type and shape. */
public final class Forward {
  private Forward() {}

  /**
   * Returns the result of an operation.
   *
   * @throws IllegalStateException if its type or shape is not the declared one
   */
  public static Tensor of(Op op, DType type, Shape shape, Tensor... in) {
    Tensor out = op.forward(in);
    check(op, type, shape, out.type(), out.shape());
    return out;
  }

  /**
   * Compares the declared with the actual type and shape.
   *
   * @throws IllegalStateException if they differ
   */
  public static void check(Op op, DType type, Shape shape, DType returned, Shape returnedShape) {
    if (returned != type || !returnedShape.equals(shape)) {
      throw new IllegalStateException(
          "["
              + op.name()
              + "] forward expected to return "
              + type
              + " "
              + shape
              + ", as declared, got "
              + returned
              + " "
              + returnedShape);
    }
  }
}
