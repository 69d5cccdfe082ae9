package dev.unroll.autograd.randomcell;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/**
 * What an operation of a random cell must know of a value to see whether it applies.
 *
 * @param rows 0 for floating-point numbers; n for int32 row numbers from 0 to n - 1; -n for int32
 *     classes from -1 to n - 1
 */
record Operand(Shape shape, int rows) {

  static Operand floating(Shape shape) {
    return new Operand(shape, 0);
  }

  boolean isFloating() {
    return rows == 0;
  }

  int rank() {
    return shape.rank();
  }

  int dim(int axis) {
    return shape.dim(axis);
  }

  /** Returns zeros that have the shape and the kind of the value. */
  Variable zeros() {
    return Variable.of(Tensor.zeros(isFloating() ? DType.FLOAT64 : DType.INT32, shape));
  }
}
