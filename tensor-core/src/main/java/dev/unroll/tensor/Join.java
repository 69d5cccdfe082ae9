package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Copy;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Layout;
import java.util.List;

/** Several tensors beside each other in one. */
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
    int sum = 0;
    for (Shape s : shapes) {
      if (s.rank() != shapes[0].rank() || !s.with(axis, 0).equals(shapes[0].with(axis, 0))) {
        throw new IllegalArgumentException(
            "[concat] sizes differ beside axis " + axis + ": " + Shape.join(shapes));
      }
      sum += s.dim(axis);
    }
    return shapes[0].with(axis, sum);
  }

  /** Returns tensors one after the other along an axis. */
  public static Tensor concat(int axis, List<Tensor> parts) {
    Shape shape = concatShape(axis, parts.stream().map(Tensor::shape).toArray(Shape[]::new));
    DType type = parts.getFirst().type();
    for (Tensor t : parts) {
      if (t.type() != type) {
        throw new IllegalArgumentException(
            "[concat] types differ: " + parts.stream().map(Tensor::type).toList());
      }
    }
    return concat(Tensor.elements(type), shape.axis(axis), parts, type, shape);
  }

  private static <A> Tensor concat(
      Elements<A> e, int axis, List<Tensor> parts, DType type, Shape shape) {
    A out = e.allocate(shape.size());
    Layout whole = Layout.of(shape.dims());
    int at = 0;
    for (Tensor t : parts) {
      int n = t.shape().dim(axis);
      Copy.run(e, Tensor.array(e, t), t.layout(), out, whole.slice(axis, at, n));
      at += n;
    }
    return Tensor.dense(type, shape, out);
  }

  /** Returns tensors of one shape along a new axis. */
  public static Tensor stack(int axis, List<Tensor> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("[stack] nothing to stack");
    }
    return concat(
        axis, parts.stream().map(t -> t.reshape(t.shape().insert(axis, 1).dims())).toList());
  }

  /**
   * Returns a tensor of zeros that holds {@code t} from a position of an axis on.
   *
   * @param size the size of that axis
   */
  public static Tensor pad(Tensor t, int axis, int from, int size) {
    Shape shape = t.shape().with(axis, size);
    if (from < 0 || from + t.shape().dim(axis) > size) {
      throw new IllegalArgumentException(
          "[pad] " + t.shape() + " from " + from + " on does not fit into " + shape);
    }
    return pad(Tensor.elements(t.type()), t, shape.axis(axis), from, shape);
  }

  private static <A> Tensor pad(Elements<A> e, Tensor t, int axis, int from, Shape shape) {
    A out = e.allocate(shape.size());
    Layout place = Layout.of(shape.dims()).slice(axis, from, t.shape().dim(axis));
    Copy.run(e, Tensor.array(e, t), t.layout(), out, place);
    return Tensor.dense(t.type(), shape, out);
  }
}
