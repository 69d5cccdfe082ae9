package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Copy;
import dev.unroll.tensor.kernel.Doubles;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Floats;
import dev.unroll.tensor.kernel.Ints;
import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.kernel.Pointwise;
import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable array of any rank, with elements of one type. Views (reshape, slice, flip,
 * transpose, expand) share its elements and cost nothing. Invalid arguments cause an exception that
 * names the operation, the expected value and the actual one.
 *
 * <p>This class has the basic operations. Others are in {@link Program} (elementwise), {@link
 * Matrices} and {@link Vectors} (products), {@link Reduction}, {@link Cumulative}, {@link Ranking},
 * {@link Rows} (gather and scatter), {@link Join} and {@link Softmax}; {@link Buffers} reuse arrays
 * for results.
 */
public final class Tensor {
  private final DType type;
  private final Shape shape;
  private final Layout layout;
  private final Object array;
  private final @Nullable Lease lease;

  /** Packed forms, created by the second product with this on its right (see {@link Matrices}). */
  final Matrices.Memo memo = new Matrices.Memo();

  private Tensor(DType type, Shape shape, Layout layout, Object array, @Nullable Lease lease) {
    this.type = type;
    this.shape = shape;
    this.layout = layout;
    this.array = array;
    this.lease = lease;
  }

  /**
   * Returns a float32 tensor with these values, in row-major order.
   *
   * @throws IllegalArgumentException if the number of values is not the size of the shape
   */
  public static Tensor of(Shape shape, float... values) {
    Objects.requireNonNull(values, "[tensor] expected values, got null");
    return of(DType.FLOAT32, shape, values.length, values.clone());
  }

  /** Returns a float64 tensor with these values: see {@link #of(Shape, float...)}. */
  public static Tensor of(Shape shape, double... values) {
    Objects.requireNonNull(values, "[tensor] expected values, got null");
    return of(DType.FLOAT64, shape, values.length, values.clone());
  }

  /** Returns an int32 tensor with these values: see {@link #of(Shape, float...)}. */
  public static Tensor of(Shape shape, int... values) {
    Objects.requireNonNull(values, "[tensor] expected values, got null");
    return of(DType.INT32, shape, values.length, values.clone());
  }

  private static Tensor of(DType type, Shape shape, int length, Object values) {
    if (length != shape.size()) {
      throw new IllegalArgumentException(
          "[tensor] " + shape + " has " + shape.size() + " elements, got " + length + " values");
    }
    return new Tensor(type, shape, shape.dense(), values, null);
  }

  /** Returns a rank-0 tensor: see {@link #full}. */
  public static Tensor scalar(DType type, double value) {
    return full(type, Shape.of(), value);
  }

  /** Returns a tensor of zeros. */
  public static Tensor zeros(DType type, Shape shape) {
    return dense(type, shape, ArrayScope.zeros(ElementTypes.elements(type), "zeros", shape));
  }

  /**
   * Returns a tensor filled with one value, as a view of a single element.
   *
   * @throws IllegalArgumentException if the type is int32 and the value is not an int32, such as
   *     2.5 or NaN
   */
  public static Tensor full(DType type, Shape shape, double value) {
    if (type == DType.INT32 && (int) value != value) {
      throw new IllegalArgumentException("[full] expected an int32, got " + value);
    }
    return fullOf(ElementTypes.elements(type), type, value, shape);
  }

  private static <A> Tensor fullOf(Elements<A> e, DType type, double value, Shape shape) {
    A one = ArrayScope.room(e, "full", Shape.of());
    e.set(one, 0, value);
    return dense(type, Shape.of(), one).expand(shape);
  }

  /** Returns the element type. */
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
   * @throws IndexOutOfBoundsException if the position is out of range
   */
  public double get(int... at) {
    Objects.requireNonNull(at, "[get] expected a position, got null");
    boolean inside = at.length == shape.rank();
    for (int i = 0; inside && i < at.length; i++) {
      inside = at[i] >= 0 && at[i] < shape.dim(i);
    }
    if (!inside) {
      throw new IndexOutOfBoundsException(
          "[get] no element " + Arrays.toString(at) + " in " + shape);
    }
    return element(ElementTypes.elements(type), layout.index(at));
  }

  /**
   * Returns the only element.
   *
   * @throws IllegalStateException if there is not exactly one
   */
  public double item() {
    if (shape.size() != 1) {
      throw new IllegalStateException("[item] expected one element, got shape " + shape);
    }
    return element(ElementTypes.elements(type), layout.offset());
  }

  private <A> double element(Elements<A> e, int index) {
    return e.get(array(e, this), index);
  }

  /** Returns the elements as a new {@code float[]}, rounded if necessary. */
  public float[] toFloats() {
    return export(Floats.INSTANCE, to(DType.FLOAT32));
  }

  /** Returns the elements as a new {@code double[]}. */
  public double[] toDoubles() {
    return export(Doubles.INSTANCE, to(DType.FLOAT64));
  }

  /** Returns the elements as a new {@code int[]}, converted as by {@link #to}. */
  public int[] toInts() {
    return export(Ints.INSTANCE, to(DType.INT32));
  }

  private static <A> A export(Elements<A> e, Tensor t) {
    return copy(e, t, ArrayScope.fresh(e, "export", t.shape));
  }

  /**
   * Converts the elements to another type: rounded to nearest, or toward zero for int32, where
   * values out of range are clamped and NaN becomes 0.
   */
  public Tensor to(DType other) {
    return other == type
        ? this
        : convert(ElementTypes.elements(type), ElementTypes.elements(other), other);
  }

  private <A, B> Tensor convert(Elements<A> from, Elements<B> to, DType other) {
    Tensor dense = contiguous();
    A source = array(from, dense);
    int offset = dense.layout.offset();
    B target = ArrayScope.room(to, "to", shape);
    for (int i = 0; i < shape.size(); i++) {
      to.set(target, i, from.get(source, offset + i));
    }
    return dense(other, shape, target);
  }

  /**
   * Returns a tensor whose elements are contiguous in row-major order: this one if they are, else a
   * copy.
   */
  public Tensor contiguous() {
    return layout.isContiguous() ? this : contiguous(ElementTypes.elements(type));
  }

  private <A> Tensor contiguous(Elements<A> e) {
    return dense(type, shape, copy(e, this, ArrayScope.room(e, "contiguous", shape)));
  }

  /**
   * Returns the same elements with another shape; copies only if a view is impossible.
   *
   * @throws IllegalArgumentException if the number of elements differs
   */
  public Tensor reshape(int... dims) {
    Shape to = Shape.of("reshape", dims);
    if (to.size() != shape.size()) {
      throw new IllegalArgumentException("[reshape] sizes differ: " + shape + " to " + to);
    }
    Layout view = layout.reshape(dims);
    return view == null ? contiguous().reshape(dims) : view(to, view);
  }

  /** Returns the view whose axis i is axis {@code axes[i]} of this, a permutation of the axes. */
  public Tensor permute(int... axes) {
    Objects.requireNonNull(axes, "[permute] expected axes, got null");
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
          "[permute] " + Arrays.toString(axes) + " is not a permutation of the axes of " + shape);
    }
    return view(Shape.of(dims), layout.permute(axes));
  }

  /** Returns the view with two axes exchanged. */
  public Tensor transpose(int a, int b) {
    int[] axes = new int[shape.rank()];
    Arrays.setAll(axes, i -> i);
    int first = shape.axis("transpose", a);
    int second = shape.axis("transpose", b);
    axes[first] = second;
    axes[second] = first;
    return permute(axes);
  }

  /**
   * Returns the view of positions {@code from} to {@code to}, exclusive, along an axis.
   *
   * @throws IllegalArgumentException if they are out of range
   */
  public Tensor slice(int axis, int from, int to) {
    int a = shape.axis("slice", axis);
    if (from < 0 || to < from || to > shape.dim(a)) {
      throw new IllegalArgumentException(
          "[slice] " + from + " to " + to + " is not inside axis " + axis + " of " + shape);
    }
    return view(shape.with(a, to - from), layout.slice(a, from, to - from));
  }

  /** Returns the view with an axis reversed. */
  public Tensor flip(int axis) {
    return view(shape, layout.flip(shape.axis("flip", axis)));
  }

  /** Returns the view of one index along an axis, without that axis. */
  public Tensor select(int axis, int at) {
    return slice(axis, at, at + 1).reshape(shape.without(axis).dims());
  }

  /**
   * Returns the view that broadcasts this to a shape: axes of size 1, and new leading axes, are
   * repeated.
   *
   * @throws IllegalArgumentException if this does not broadcast to it
   */
  public Tensor expand(Shape to) {
    if (!Shape.broadcast("expand", shape, to).equals(to)) {
      throw new IllegalArgumentException("[expand] " + shape + " does not broadcast to " + to);
    }
    return to.equals(shape) ? this : view(to, layout.expand(to.dims()));
  }

  private Tensor view(Shape to, Layout as) {
    return new Tensor(type, to, as, array, lease);
  }

  /** Returns {@code this + other}, broadcast. */
  public Tensor add(Tensor other) {
    return pointwise("add", Code.ADD, this, other);
  }

  /** Returns {@code this * other}, element by element, broadcast. */
  public Tensor mul(Tensor other) {
    return pointwise("mul", Code.MUL, this, other);
  }

  /**
   * Returns this where a mask is not 0, and {@code otherwise} where it is; broadcast.
   *
   * @param mask of any type
   * @throws IllegalArgumentException if the types of this and {@code otherwise} differ
   */
  public Tensor where(Tensor mask, Tensor otherwise) {
    if (otherwise.type != type) {
      throw new IllegalArgumentException(
          "[where] expected operands of one type, got " + DType.join(type, otherwise.type));
    }
    // Every int32 is a float64, so that it needs no kernel; and a float64 mask is not rounded,
    // which could make it 0.
    DType as = type.isFloating() && mask.type != DType.FLOAT64 ? type : DType.FLOAT64;
    return pointwise("where", Code.SELECT, mask.to(as), to(as), otherwise.to(as)).to(type);
  }

  private static Tensor pointwise(String name, Code code, Tensor... in) {
    DType type = floating(name, in);
    Shape[] shapes = Arrays.stream(in).map(Tensor::shape).toArray(Shape[]::new);
    return pointwise(
        ElementTypes.elements(type), name, type, code, Shape.broadcast(name, shapes), in);
  }

  private static <A> Tensor pointwise(
      Elements<A> e, String name, DType type, Code code, Shape to, Tensor... in) {
    List<Pointwise.Operand<A>> operands = new ArrayList<>();
    for (Tensor t : in) {
      operands.add(new Pointwise.Operand<>(array(e, t), t.layout.expand(to.dims())));
    }
    A result = ArrayScope.room(e, name, to);
    Instruction only = new Instruction(code, 0, 1, in.length > 2 ? 2 : -1, 1, 0);
    Pointwise.run(e, to.dense(), operands, List.of(only), new int[] {in.length}, List.of(result));
    return dense(type, to, result);
  }

  /** Returns the matrix product: see {@link Matrices#product}. */
  public Tensor matmul(Tensor other) {
    return Matrices.product(this, false, other, false);
  }

  /** Returns whether type, shape and every bit of every element are equal. */
  public boolean sameBits(Tensor other) {
    return type == other.type
        && shape.equals(other.shape)
        && sameBits(ElementTypes.elements(type), other);
  }

  @SuppressWarnings("ReferenceEquality") // The same array needs no comparison.
  private <A> boolean sameBits(Elements<A> e, Tensor other) {
    Tensor x = contiguous();
    Tensor y = other.contiguous();
    A a = array(e, x);
    A b = array(e, y);
    if (a == b && x.layout.offset() == y.layout.offset()) {
      return true;
    }
    for (int i = 0; i < shape.size(); i++) {
      double p = e.get(a, x.layout.offset() + i);
      double q = e.get(b, y.layout.offset() + i);
      if (Double.doubleToRawLongBits(p) != Double.doubleToRawLongBits(q)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return lease != null && lease.hasEnded()
        ? type + "" + shape + " whose values are no longer valid"
        : TensorText.of(type, shape, this::get);
  }

  /** Returns a tensor over a new array, which belongs to the open scope, if any. */
  static Tensor dense(DType type, Shape shape, Object array) {
    return new Tensor(type, shape, shape.dense(), array, ArrayScope.current());
  }

  /** Returns a view of an array that no scope owns. */
  static Tensor at(DType type, Layout layout, Object array) {
    return new Tensor(type, Shape.of(layout.dims()), layout, array, null);
  }

  Tensor leased(@Nullable Lease other) {
    return new Tensor(type, shape, layout, array, other);
  }

  @Nullable Lease lease() {
    return lease;
  }

  Object storage() {
    return array;
  }

  Layout layout() {
    return layout;
  }

  /**
   * Returns the array of a tensor whose elements are {@code e}; it must not be written to.
   *
   * @throws IllegalStateException if the tensor's lease has ended
   */
  @SuppressWarnings("unchecked")
  static <A> A array(Elements<A> e, Tensor t) {
    if (ElementTypes.elements(t.type) != e) {
      throw new IllegalStateException(
          "[tensor] expected " + ElementTypes.type(e) + ", got " + t.type);
    }
    if (t.lease != null && t.lease.hasEnded()) {
      throw new IllegalStateException(
          "[tensor] this " + t.type + " " + t.shape + " " + t.lease.reason());
    }
    return (A) t.array;
  }

  private static <A> A copy(Elements<A> e, Tensor t, A to) {
    Copy.run(e, array(e, t), t.layout, to, t.shape.dense());
    return to;
  }

  /** Returns the one floating-point type of all operands. */
  static DType floating(String name, Tensor... in) {
    for (int i = 0; i < in.length; i++) {
      if (in[i] == null) {
        throw new NullPointerException(
            "[" + name + "] expected a tensor as operand " + i + ", got null");
      }
    }
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
