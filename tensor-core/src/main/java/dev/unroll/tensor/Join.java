package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Copy;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Concatenates tensors, and splits them. */
public final class Join {
  private Join() {}

  /**
   * Returns the shape of a concatenation.
   *
   * @throws IllegalArgumentException if sizes differ along another axis
   */
  public static Shape concatShape(int axis, Shape... shapes) {
    if (shapes.length == 0) {
      throw new IllegalArgumentException("[concat] nothing to concatenate");
    }
    shapes[0].axis("concat", axis);
    long sum = 0;
    for (Shape s : shapes) {
      if (s.rank() != shapes[0].rank() || !s.with(axis, 0).equals(shapes[0].with(axis, 0))) {
        throw new IllegalArgumentException(
            "[concat] sizes differ along axes other than " + axis + ": " + Shape.join(shapes));
      }
      sum += s.dim(axis);
    }
    if (sum > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "[concat] axis " + axis + " would be " + sum + " long: " + Shape.join(shapes));
    }
    int[] dims = shapes[0].dims();
    dims[shapes[0].axis(axis)] = (int) sum;
    return Shape.of("concat", dims);
  }

  /** Concatenates tensors along an axis. */
  public static Tensor concat(int axis, List<Tensor> parts) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) == null) {
        throw new NullPointerException("[concat] expected a tensor as part " + i + ", got null");
      }
    }
    Shape shape = concatShape(axis, parts.stream().map(Tensor::shape).toArray(Shape[]::new));
    DType type = parts.getFirst().type();
    for (Tensor t : parts) {
      if (t.type() != type) {
        throw new IllegalArgumentException(
            "[concat] expected operands of one type, got "
                + DType.join(parts.stream().map(Tensor::type).toArray(DType[]::new)));
      }
    }
    return concat(ElementTypes.elements(type), shape.axis(axis), parts, type, shape);
  }

  private static <A> Tensor concat(
      Elements<A> e, int axis, List<Tensor> parts, DType type, Shape shape) {
    A out = ArrayScope.room(e, "concat", shape);
    Layout whole = shape.dense();
    int at = 0;
    for (Tensor t : parts) {
      int n = t.shape().dim(axis);
      Copy.run(e, Tensor.array(e, t), t.layout(), out, whole.slice(axis, at, n));
      at += n;
    }
    return Tensor.dense(type, shape, out);
  }

  /** Stacks tensors of equal shape along a new axis. */
  public static Tensor stack(int axis, List<Tensor> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("[stack] nothing to stack");
    }
    return concat(
        axis, parts.stream().map(t -> t.reshape(t.shape().insert(axis, 1).dims())).toList());
  }

  /**
   * Returns views of the parts of an axis, in order: the inverse of {@link #concat}.
   *
   * @param sizes the sizes of the parts along the axis
   * @throws IllegalArgumentException if they do not add up to the size of the axis
   */
  public static List<Tensor> split(Tensor t, int axis, int... sizes) {
    long sum = 0;
    boolean valid = true;
    for (int n : sizes) {
      sum += n;
      valid &= n >= 0;
    }
    if (!valid || sum != t.shape().dim(t.shape().axis("split", axis))) {
      throw new IllegalArgumentException(
          "[split] "
              + Arrays.toString(sizes)
              + " do not add up to axis "
              + axis
              + " of "
              + t.shape());
    }
    List<Tensor> parts = new ArrayList<>();
    int at = 0;
    for (int n : sizes) {
      parts.add(t.slice(axis, at, at + n));
      at += n;
    }
    return parts;
  }

  /**
   * Pads {@code t} with zeros along an axis.
   *
   * @param from the index at which {@code t} begins
   * @param size the size of the axis in the result
   */
  public static Tensor pad(Tensor t, int axis, int from, int size) {
    int[] dims = t.shape().dims();
    dims[t.shape().axis("pad", axis)] = size;
    Shape shape = Shape.of("pad", dims);
    if (from < 0 || (long) from + t.shape().dim(axis) > size) {
      throw new IllegalArgumentException(
          "[pad] " + t.shape() + " from " + from + " on does not fit into " + shape);
    }
    return pad(ElementTypes.elements(t.type()), t, shape.axis(axis), from, shape);
  }

  private static <A> Tensor pad(Elements<A> e, Tensor t, int axis, int from, Shape shape) {
    A out = ArrayScope.zeros(e, "pad", shape);
    Layout place = shape.dense().slice(axis, from, t.shape().dim(axis));
    Copy.run(e, Tensor.array(e, t), t.layout(), out, place);
    return Tensor.dense(t.type(), shape, out);
  }
}
