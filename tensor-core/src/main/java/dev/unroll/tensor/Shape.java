package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Layout;
import java.util.Arrays;
import java.util.Objects;

/**
 * The sizes of a tensor along its axes, outermost first. A rank-0 shape is that of a scalar and has
 * one element; a shape with a size of 0 has none. Negative axes count from the end, as in NumPy.
 */
public final class Shape {
  private final int[] dims;
  private final int size;
  private final Layout dense;

  private Shape(String op, int[] dims) {
    long n = 1;
    boolean empty = false;
    for (int d : dims) {
      if (d < 0) {
        throw new IllegalArgumentException(
            "[" + op + "] sizes must not be negative: " + Arrays.toString(dims));
      }
      empty |= d == 0;
      // Saturates, so that a product that overflows remains too large.
      n = Math.min(n * d, 1L << 31);
    }
    if (n > Integer.MAX_VALUE && !empty) {
      throw new IllegalArgumentException(
          "["
              + op
              + "] "
              + Arrays.toString(dims)
              + " has more than "
              + Integer.MAX_VALUE
              + " elements");
    }
    this.dims = dims;
    this.size = empty ? 0 : (int) n;
    this.dense = Layout.of(dims);
  }

  /**
   * Returns the shape with these sizes.
   *
   * @throws IllegalArgumentException if a size is negative, or if there would be more than 2^31-1
   *     elements
   */
  public static Shape of(int... dims) {
    return of("shape", dims);
  }

  /** Returns the shape of an operation's result, which the message names if it is too large. */
  static Shape of(String op, int... dims) {
    if (dims == null) {
      throw new NullPointerException("[" + op + "] expected sizes, got null");
    }
    return new Shape(op, dims.clone());
  }

  /** Returns the number of axes. */
  public int rank() {
    return dims.length;
  }

  /** Returns the number of elements. */
  public int size() {
    return size;
  }

  /**
   * Returns the size along an axis.
   *
   * @param axis from {@code -rank} to {@code rank - 1}
   */
  public int dim(int axis) {
    return dims[axis(axis)];
  }

  /** Returns the dense layout. */
  Layout dense() {
    return dense;
  }

  /** Returns a copy of the sizes. */
  public int[] dims() {
    return dims.clone();
  }

  /**
   * Returns the non-negative index of an axis.
   *
   * @throws IllegalArgumentException if the axis does not exist
   */
  public int axis(int axis) {
    return axis("shape", axis);
  }

  int axis(String op, int axis) {
    int a = axis < 0 ? axis + dims.length : axis;
    if (a < 0 || a >= dims.length) {
      throw new IllegalArgumentException("[" + op + "] no axis " + axis + " in " + this);
    }
    return a;
  }

  /**
   * Returns the position of an element along each axis.
   *
   * @param index the row-major index of the element
   */
  public int[] position(int index) {
    int[] position = new int[dims.length];
    int rest = Objects.checkIndex(index, size);
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      position[axis] = rest % dims[axis];
      rest /= dims[axis];
    }
    return position;
  }

  /** Returns this shape with another size along one axis. */
  public Shape with(int axis, int size) {
    int[] d = dims.clone();
    d[axis(axis)] = size;
    return of(d);
  }

  /** Returns this shape without one axis. */
  public Shape without(int axis) {
    int a = axis(axis);
    int[] d = new int[dims.length - 1];
    System.arraycopy(dims, 0, d, 0, a);
    System.arraycopy(dims, a + 1, d, a, d.length - a);
    return new Shape("shape", d);
  }

  /** Returns this shape with a new axis inserted before the given index (or at the end). */
  public Shape insert(int axis, int size) {
    int a = axis < 0 ? axis + dims.length + 1 : axis;
    if (a < 0 || a > dims.length) {
      throw new IllegalArgumentException("[shape] cannot insert an axis " + axis + " in " + this);
    }
    int[] d = new int[dims.length + 1];
    System.arraycopy(dims, 0, d, 0, a);
    d[a] = size;
    System.arraycopy(dims, a, d, a + 1, dims.length - a);
    return new Shape("shape", d);
  }

  /**
   * Returns the shape that these broadcast to, by NumPy's rule: aligned at the last axis, a size of
   * 1 or a missing axis is repeated.
   *
   * @param op the name of the operation, for the message
   * @throws IllegalArgumentException if two sizes differ and neither is 1
   */
  public static Shape broadcast(String op, Shape... shapes) {
    int rank = 0;
    boolean equal = shapes.length > 0;
    for (Shape s : shapes) {
      rank = Math.max(rank, s.rank());
      equal &= s.equals(shapes[0]);
    }
    if (equal) {
      return shapes[0];
    }
    int[] d = new int[rank];
    Arrays.fill(d, 1);
    for (Shape s : shapes) {
      int offset = rank - s.rank();
      for (int i = 0; i < s.rank(); i++) {
        int have = d[offset + i];
        int want = s.dims[i];
        if (have == 1) {
          d[offset + i] = want;
        } else if (want != 1 && want != have) {
          throw new IllegalArgumentException(
              "[" + op + "] shapes do not broadcast: " + join(shapes));
        }
      }
    }
    return new Shape(op, d);
  }

  /** Formats shapes for messages: {@code [32, 128] x [256, 64]}. */
  public static String join(Shape... shapes) {
    return String.join(" x ", Arrays.stream(shapes).map(Shape::toString).toList());
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Shape s && Arrays.equals(dims, s.dims));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
