package dev.unroll.autograd;

import dev.unroll.autograd.op.Movement;
import dev.unroll.tensor.Shape;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** The operations on a {@link Variable} that rearrange elements. */
public sealed interface ShapeOperations permits Variable {

  /** Returns positions {@code from} to {@code to}, exclusive, along an axis. */
  default Variable slice(int axis, int from, int to) {
    return Variable.apply(new Movement.Slice(self().shape().axis(axis), from, to), self());
  }

  /** Returns one position along an axis, without that axis. */
  default Variable select(int axis, int at) {
    if (at < 0 || at >= self().shape().dim(axis)) {
      throw new IllegalArgumentException(
          "[select] position " + at + " is not inside axis " + axis + " of " + self().shape());
    }
    return slice(axis, at, at + 1).reshape(self().shape().without(axis));
  }

  /**
   * Splits an axis into equal parts.
   *
   * @throws IllegalArgumentException if its size is not a multiple of {@code n}
   */
  default List<Variable> chunk(int axis, int n) {
    int size = self().shape().dim(axis);
    if (n < 1 || size % n != 0) {
      throw new IllegalArgumentException(
          "[chunk] axis "
              + axis
              + " of "
              + self().shape()
              + " cannot be split into "
              + n
              + " equal parts");
    }
    int w = size / n;
    return IntStream.range(0, n).mapToObj(i -> slice(axis, i * w, (i + 1) * w)).toList();
  }

  /** Returns the same elements with another shape. */
  default Variable reshape(Shape to) {
    Objects.requireNonNull(to, "[reshape] expected a shape, got null");
    return to.equals(self().shape()) ? self() : Variable.apply(new Movement.Reshape(to), self());
  }

  /** Returns the same elements with a shape of these sizes. */
  default Variable reshape(int... dims) {
    return reshape(Shape.of(Objects.requireNonNull(dims, "[reshape] expected sizes, got null")));
  }

  /** Returns the axes in another order: axis i is axis {@code axes[i]} of this. */
  default Variable permute(int... axes) {
    Objects.requireNonNull(axes, "[permute] expected axes, got null");
    return Variable.apply(new Movement.Permute(IntStream.of(axes).boxed().toList()), self());
  }

  /** Returns this with two axes exchanged. */
  default Variable transpose(int a, int b) {
    Shape shape = self().shape();
    int[] axes = IntStream.range(0, shape.rank()).toArray();
    int first = shape.axis(a);
    int second = shape.axis(b);
    axes[first] = second;
    axes[second] = first;
    return permute(axes);
  }

  /** Broadcasts to a shape: repeats axes of size 1, and adds leading axes. */
  default Variable expand(Shape to) {
    Objects.requireNonNull(to, "[expand] expected a shape, got null");
    return to.equals(self().shape()) ? self() : Variable.apply(new Movement.Expand(to), self());
  }

  private Variable self() {
    return (Variable) this;
  }
}
