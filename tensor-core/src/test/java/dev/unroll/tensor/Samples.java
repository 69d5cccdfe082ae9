package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.Choices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * What properties are tried on: shapes with odd, one and zero sizes, floating types, and tensors
 * that lie in memory in every way a view can.
 */
final class Samples {
  /** How many elements a shape has at most. */
  private static final int MOST = 4000;

  private Samples() {}

  static Shape shape(Choices c) {
    int[] sizes = {1, 1, 1, 0, 2, 2, 3, 3, 3, 5, 5, 7, 33};
    int[] dims = new int[c.choose(5)];
    int size = 1;
    for (int i = 0; i < dims.length; i++) {
      int n = sizes[c.choose(sizes.length)];
      dims[i] = size * n < MOST ? n : 1;
      size *= dims[i];
    }
    return c.show("shape", Shape.of(dims));
  }

  static DType type(Choices c) {
    return c.oneOf("type", DType.FLOAT32, DType.FLOAT64);
  }

  /** Returns normal numbers of a shape, as a view of a kind that the seed chooses. */
  static Tensor normal(DType type, Shape shape, long seed) {
    return as(shape, new Random(seed), s -> RandomKey.of(seed).normal(type, s, 0, 1));
  }

  /** Returns whole numbers from -3 to 3, so that there are equal ones. */
  static Tensor whole(DType type, Shape shape, long seed) {
    return as(
            shape, new Random(seed), s -> RandomKey.of(seed).uniform(DType.FLOAT64, s, -3.99, 3.99))
        .to(DType.INT32)
        .to(type);
  }

  private static Tensor as(Shape shape, Random r, java.util.function.Function<Shape, Tensor> fill) {
    int[] dims = shape.dims();
    int rank = dims.length;
    int kind = rank == 0 ? 0 : r.nextInt(5);
    int axis = rank == 0 ? 0 : r.nextInt(rank);
    int other = rank == 0 ? 0 : r.nextInt(rank);
    switch (kind) {
      case 1 -> {
        dims[axis] = shape.dim(other);
        dims[other] = shape.dim(axis);
        return fill.apply(Shape.of(dims)).transpose(axis, other);
      }
      case 2 -> {
        int before = r.nextInt(3);
        dims[axis] += before + r.nextInt(3);
        return fill.apply(Shape.of(dims)).slice(axis, before, before + shape.dim(axis));
      }
      case 3 -> {
        return fill.apply(shape).flip(axis).transpose(axis, other).transpose(axis, other);
      }
      case 4 -> {
        dims[axis] = 1;
        return fill.apply(Shape.of(dims)).expand(shape);
      }
      default -> {
        return fill.apply(shape);
      }
    }
  }

  /** Returns a shape that broadcasts to another: axes of size 1, or missing ones in front. */
  static Shape broadcasting(Shape to, Random r) {
    int[] dims = to.dims();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = r.nextInt(3) == 0 ? 1 : dims[i];
    }
    return Shape.of(Arrays.copyOfRange(dims, r.nextInt(dims.length + 1), dims.length));
  }

  /** Returns a subset of the axes of a shape. */
  static int[] axes(Shape shape, Random r) {
    return java.util.stream.IntStream.range(0, shape.rank()).filter(i -> r.nextBoolean()).toArray();
  }

  /** Visits every position of a shape. */
  static void each(Shape shape, Consumer<int[]> visit) {
    int[] at = new int[shape.rank()];
    for (int i = 0; i < shape.size(); i++) {
      int rest = i;
      for (int a = at.length - 1; a >= 0; a--) {
        at[a] = rest % shape.dim(a);
        rest /= shape.dim(a);
      }
      visit.accept(at.clone());
    }
  }

  /** Returns the element of a tensor that broadcasting shows at a position. */
  static double broadcast(Tensor t, int... at) {
    int[] own = Arrays.copyOfRange(at, at.length - t.shape().rank(), at.length);
    for (int i = 0; i < own.length; i++) {
      own[i] = Math.min(own[i], t.shape().dim(i) - 1);
    }
    return t.get(own);
  }

  /** Returns a position with another number on one axis. */
  static int[] with(int[] at, int axis, int i) {
    int[] to = at.clone();
    to[axis] = i;
    return to;
  }

  /** Returns the elements along an axis through a position. */
  static double[] along(Tensor t, int axis, int... at) {
    double[] x = new double[t.shape().dim(axis)];
    for (int i = 0; i < x.length; i++) {
      x[i] = t.get(with(at, axis, i));
    }
    return x;
  }

  /** Checks shape and every element against a float64 reference, within a few roundings. */
  static void check(Tensor actual, Shape shape, double scale, ToDoubleFunction<int[]> reference) {
    assertThat(actual.shape()).isEqualTo(shape);
    double unit =
        switch (actual.type()) {
          case FLOAT32 -> 0x1p-23;
          case FLOAT64 -> 0x1p-52;
          case INT32 -> 0;
        };
    List<String> wrong = new ArrayList<>();
    each(
        shape,
        at -> {
          double a = actual.get(at);
          double b = reference.applyAsDouble(at);
          if (!Tolerance.of(unit * scale).allows(b, a)) {
            wrong.add(Arrays.toString(at) + " is " + a + ", should be " + b);
          }
        });
    assertThat(wrong).isEmpty();
  }
}
