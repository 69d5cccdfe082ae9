package dev.unroll.autograd;

import dev.unroll.tensor.Tensor;

/**
 * A variable that training changes. Its name is no part of it: names are paths in the tree of
 * layers, so that one parameter can be shared.
 */
public final class Parameter extends Variable {
  private Tensor current;
  private long version;

  /** Returns a parameter that starts with a value. */
  public Parameter(Tensor value) {
    super(value.type(), value.shape(), null, 0, true);
    if (!value.type().isFloating()) {
      throw new IllegalArgumentException(
          "[parameter] must be float32 or float64, not " + value.type());
    }
    current = value;
  }

  @Override
  public Tensor value() {
    return current;
  }

  /** Returns the number of updates so far. */
  public long version() {
    return version;
  }

  /**
   * Replaces the value. A backward pass over a graph made before fails.
   *
   * @throws IllegalArgumentException if type or shape differ
   */
  public void update(Tensor next) {
    if (next.type() != type() || !next.shape().equals(shape())) {
      throw new IllegalArgumentException(
          "[update] expected "
              + type()
              + " "
              + shape()
              + ", given "
              + next.type()
              + " "
              + next.shape());
    }
    current = next;
    version++;
  }
}
