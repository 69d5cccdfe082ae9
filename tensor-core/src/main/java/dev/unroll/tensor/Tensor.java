package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Copy;
import dev.unroll.tensor.kernel.Doubles;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Floats;
import dev.unroll.tensor.kernel.Ints;
import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.spi.Code;
import java.util.Arrays;

/**
 * Numbers of one type in a box of any rank. A tensor never changes; views (reshape, slice,
 * transpose, expand) share its numbers and cost nothing. What a type cannot do is an error that
 * names the operation, what was given and what was expected.
 *
 * <p>This class holds what a tensor is. What can be computed from tensors is in {@link Program}
 * (elementwise), {@link Matrices} (products), {@link Reduction}, {@link Rows} (look-ups), {@link
 * Join} and {@link Softmax}.
 */
public final class Tensor {
  private final DType type;
  private final Shape shape;
  private final Layout layout;
  private final Object array;

  /** Packed forms, made by the second product that has this on its right (see {@link Matrices}). */
  final Matrices.Memo memo = new Matrices.Memo();

  Tensor(DType type, Shape shape, Layout layout, Object array) {
    this.type = type;
    this.shape = shape;
    this.layout = layout;
    this.array = array;
  }

  /**
   * Returns a float32 tensor with these values, the last axis running fastest.
   *
   * @throws IllegalArgumentException if there are not as many values as the shape has elements
   */
  public static Tensor of(Shape shape, float... values) {
    return of(DType.FLOAT32, shape, values.length, values.clone());
  }

  /** Returns a float64 tensor with these values: see {@link #of(Shape, float...)}. */
  public static Tensor of(Shape shape, double... values) {
    return of(DType.FLOAT64, shape, values.length, values.clone());
  }

  /** Returns an int32 tensor with these values: see {@link #of(Shape, float...)}. */
  public static Tensor of(Shape shape, int... values) {
    return of(DType.INT32, shape, values.length, values.clone());
  }

  private static Tensor of(DType type, Shape shape, int length, Object values) {
    if (length != shape.size()) {
      throw new IllegalArgumentException(
          "[tensor] " + shape + " has " + shape.size() + " elements, given " + length + " values");
    }
    return new Tensor(type, shape, Layout.of(shape.dims()), values);
  }

  /** Returns a rank-0 tensor. */
  public static Tensor scalar(DType type, double value) {
    return full(type, value, Shape.of());
  }

  /** Returns a tensor of zeros. */
  public static Tensor zeros(DType type, Shape shape) {
    return dense(type, shape, elements(type).allocate(shape.size()));
  }

  /** Returns a tensor that holds one number everywhere, as a view of a single element. */
  public static Tensor full(DType type, double value, Shape shape) {
    return fullOf(elements(type), type, value, shape);
  }

  private static <A> Tensor fullOf(Elements<A> e, DType type, double value, Shape shape) {
    A one = e.allocate(1);
    e.set(one, 0, value);
    return new Tensor(type, shape, Layout.of().expand(shape.dims()), one);
  }

  /** Returns the type of the numbers. */
  public DType type() {
    return type;
  }

  /** Returns the sizes along the axes. */
  public Shape shape() {
    return shape;
  }

  /**
   * Returns one element.
   *
   * @param at its position along each axis
   * @throws IndexOutOfBoundsException if there is none there
   */
  public double get(int... at) {
    boolean inside = at.length == shape.rank();
    for (int i = 0; inside && i < at.length; i++) {
      inside = at[i] >= 0 && at[i] < shape.dim(i);
    }
    if (!inside) {
      throw new IndexOutOfBoundsException(
          "[get] no element " + Arrays.toString(at) + " in " + shape);
    }
    return element(elements(type), layout.index(at));
  }

  /**
   * Returns the only element.
   *
   * @throws IllegalStateException if there are more, or none
   */
  public double item() {
    if (shape.size() != 1) {
      throw new IllegalStateException("[item] expects one element, has shape " + shape);
    }
    return element(elements(type), layout.offset());
  }

  private <A> double element(Elements<A> e, int index) {
    return e.get(array(e, this), index);
  }

  /** Returns the elements as a fresh {@code float[]}, rounded where needed. */
  public float[] toFloats() {
    return copy(Floats.INSTANCE, to(DType.FLOAT32));
  }

  /** Returns the elements as a fresh {@code double[]}. */
  public double[] toDoubles() {
    return copy(Doubles.INSTANCE, to(DType.FLOAT64));
  }

  /** Returns the elements as a fresh {@code int[]}, towards zero where they are fractions. */
  public int[] toInts() {
    return copy(Ints.INSTANCE, to(DType.INT32));
  }

  /** Returns the same numbers in another type: rounded, or towards zero for int32. */
  public Tensor to(DType other) {
    return other == type ? this : convert(elements(type), elements(other), other);
  }

  private <A, B> Tensor convert(Elements<A> from, Elements<B> to, DType other) {
    A source = copy(from, this);
    B target = to.allocate(shape.size());
    for (int i = 0; i < shape.size(); i++) {
      to.set(target, i, from.get(source, i));
    }
    return dense(other, shape, target);
  }

  /** Returns a tensor whose elements lie in order: this one if they do, else a copy. */
  public Tensor contiguous() {
    return layout.isContiguous() ? this : dense(type, shape, copy(elements(type), this));
  }

  /**
   * Returns the same elements under another shape; a copy only where no view can be.
   *
   * @throws IllegalArgumentException if the number of elements differs
   */
  public Tensor reshape(int... dims) {
    Shape to = Shape.of(dims);
    if (to.size() != shape.size()) {
      throw new IllegalArgumentException("[reshape] sizes differ: " + shape + " to " + to);
    }
    Layout view = layout.reshape(dims);
    return view == null ? contiguous().reshape(dims) : new Tensor(type, to, view, array);
  }

  /** Returns the view whose axis i is axis {@code axes[i]} of this: all axes, in a new order. */
  public Tensor permute(int... axes) {
    boolean[] seen = new boolean[shape.rank()];
    int[] dims = new int[axes.length];
    boolean all = axes.length == shape.rank();
    for (int i = 0; all && i < axes.length; i++) {
      all = axes[i] >= 0 && axes[i] < seen.length && !seen[axes[i]];
      if (all) {
        seen[axes[i]] = true;
        dims[i] = shape.dim(axes[i]);
      }
    }
    if (!all) {
      throw new IllegalArgumentException(
          "[permute] " + Arrays.toString(axes) + " is no order of the axes of " + shape);
    }
    return new Tensor(type, Shape.of(dims), layout.permute(axes), array);
  }

  /** Returns the view with two axes exchanged. */
  public Tensor transpose(int a, int b) {
    int[] axes = new int[shape.rank()];
    Arrays.setAll(axes, i -> i);
    axes[shape.axis(a)] = shape.axis(b);
    axes[shape.axis(b)] = shape.axis(a);
    return permute(axes);
  }

  /**
   * Returns the view of positions {@code from} to {@code to}, exclusive, along an axis.
   *
   * @throws IllegalArgumentException if they do not lie inside
   */
  public Tensor slice(int axis, int from, int to) {
    int a = shape.axis(axis);
    if (from < 0 || to < from || to > shape.dim(a)) {
      throw new IllegalArgumentException(
          "[slice] " + from + " to " + to + " is not inside axis " + axis + " of " + shape);
    }
    return new Tensor(type, shape.with(a, to - from), layout.slice(a, from, to - from), array);
  }

  /** Returns the view of one position along an axis, without that axis. */
  public Tensor select(int axis, int at) {
    return slice(axis, at, at + 1).reshape(shape.without(axis).dims());
  }

  /**
   * Returns the view that repeats axes of size 1, and new axes in front, up to a shape.
   *
   * @throws IllegalArgumentException if this does not broadcast to it
   */
  public Tensor expand(Shape to) {
    if (!Shape.broadcast("expand", shape, to).equals(to)) {
      throw new IllegalArgumentException("[expand] " + shape + " does not broadcast to " + to);
    }
    return to.equals(shape) ? this : new Tensor(type, to, layout.expand(to.dims()), array);
  }

  /** Returns {@code this + other}, broadcast: {@link Program} with one instruction. */
  public Tensor add(Tensor other) {
    return Program.of(Code.ADD).run("add", this, other).getFirst();
  }

  /** Returns {@code this * other}, element by element, broadcast. */
  public Tensor mul(Tensor other) {
    return Program.of(Code.MUL).run("mul", this, other).getFirst();
  }

  /** Returns the matrix product: see {@link Matrices#product}. */
  public Tensor matmul(Tensor other) {
    return Matrices.product(this, false, other, false);
  }

  /** Returns whether type, shape and every bit of every element are equal. */
  public boolean sameBits(Tensor other) {
    return type == other.type && shape.equals(other.shape) && sameBits(elements(type), other);
  }

  private <A> boolean sameBits(Elements<A> e, Tensor other) {
    A a = copy(e, this);
    A b = copy(e, other);
    for (int i = 0; i < shape.size(); i++) {
      if (Double.doubleToRawLongBits(e.get(a, i)) != Double.doubleToRawLongBits(e.get(b, i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return TensorText.of(this);
  }

  static Tensor dense(DType type, Shape shape, Object array) {
    return new Tensor(type, shape, Layout.of(shape.dims()), array);
  }

  Layout layout() {
    return layout;
  }

  static Elements<?> elements(DType type) {
    return switch (type) {
      case FLOAT32 -> Floats.INSTANCE;
      case FLOAT64 -> Doubles.INSTANCE;
      case INT32 -> Ints.INSTANCE;
    };
  }

  /** Returns the array of a tensor whose elements are {@code e}; nobody else may write to it. */
  @SuppressWarnings("unchecked")
  static <A> A array(Elements<A> e, Tensor t) {
    if (elements(t.type) != e) {
      throw new IllegalStateException("[tensor] not expected: " + t.type);
    }
    return (A) t.array;
  }

  private static <A> A copy(Elements<A> e, Tensor t) {
    A to = e.allocate(t.shape.size());
    Copy.run(e, array(e, t), t.layout, to, Layout.of(t.shape.dims()));
    return to;
  }

  /** Returns the one floating-point type of all operands. */
  static DType floating(String name, Tensor... in) {
    DType type = in[0].type;
    for (Tensor t : in) {
      if (t.type != type || !t.type.isFloating()) {
        throw new IllegalArgumentException(
            "["
                + name
                + "] operands must be all float32 or all float64: "
                + Arrays.stream(in).map(x -> x.type + " " + x.shape).toList());
      }
    }
    return type;
  }
}
