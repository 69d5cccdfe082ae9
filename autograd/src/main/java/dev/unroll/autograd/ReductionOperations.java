package dev.unroll.autograd;

import dev.unroll.autograd.op.Reductions;
import dev.unroll.tensor.Masks;
import dev.unroll.tensor.Shape;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The operations on a {@link Variable} that combine the elements along axes: sums, means, maxima,
 * and normalizations.
 */
public sealed interface ReductionOperations permits Variable {

  /** Sums over the axes that broadcasting {@code to} to this shape would repeat. */
  default Variable sumTo(Shape to) {
    Objects.requireNonNull(to, "[sum] expected a shape, got null");
    return to.equals(self().shape()) ? self() : Variable.apply(new Reductions.SumTo(to), self());
  }

  /** Returns the sum over axes, which are removed; over all axes if none is given. */
  default Variable sum(int... axes) {
    Objects.requireNonNull(axes, "[sum] expected axes, got null");
    return axes.length == 0 ? sumTo(Shape.of()) : sumTo(kept(axes)).reshape(without(axes));
  }

  /**
   * Returns the mean over axes, which are removed; over all axes if none is given: the sum, divided
   * by the number of elements.
   */
  default Variable mean(int... axes) {
    Objects.requireNonNull(axes, "[mean] expected axes, got null");
    Shape shape = self().shape();
    int[] of = axes.length == 0 ? IntStream.range(0, shape.rank()).toArray() : axes;
    double count = 1;
    for (int axis : of) {
      count *= shape.dim(axis);
    }
    return sum(axes).div(count);
  }

  /**
   * Returns the largest elements along an axis, without that axis; NaN is larger than any number.
   * Among equal elements, and among several NaN, the gradient goes to the first.
   *
   * @throws IllegalArgumentException if the axis has size 0
   */
  default Variable max(int axis) {
    int n = self().shape().dim(axis);
    if (n == 0) {
      throw new IllegalArgumentException(
          "[max] axis " + axis + " of " + self().shape() + " is empty");
    }
    if (!self().type().isFloating()) {
      throw new IllegalArgumentException(
          "[max] expected float32 or float64, got " + self().type() + self().shape());
    }
    int a = self().shape().axis(axis);
    Variable rest = self();
    for (int size = n; size > 1; size = (size + 1) / 2) {
      int half = size / 2;
      // Adjacent elements are compared, so that the first of equal elements remains first.
      Shape halves = self().shape().with(a, half);
      Variable pairs = rest.slice(a, 0, 2 * half).reshape(halves.insert(a + 1, 2));
      Variable larger = pairs.select(a + 1, 0).max(pairs.select(a + 1, 1));
      rest = size % 2 == 0 ? larger : Variable.concat(a, larger, rest.slice(a, size - 1, size));
    }
    return rest.reshape(self().shape().without(a));
  }

  /**
   * Returns this {@code [..., N]} with mean 0 in each row, {@code x - mean}. The mean is rounded:
   * if it is millions of times the deviation, in float32, a remainder is left, which centering
   * again removes.
   */
  default Variable centered() {
    Shape column = self().shape().with(self().shape().rank() - 1, 1);
    return self().sub(sumTo(column).div(self().shape().dim(-1)));
  }

  /**
   * Returns this {@code [..., N]} with mean 0 and variance 1 in each row, {@code (x - mean) /
   * sqrt(variance + 1e-5)}: layer normalization without its gain and bias (Ba, Kiros &amp; Hinton
   * 2016, arXiv:1607.06450). {@linkplain #centered Center} rows first if their mean may be millions
   * of times the deviation.
   */
  default Variable normalized() {
    Shape column = self().shape().with(self().shape().rank() - 1, 1);
    Variable centered = centered();
    Variable variance = centered.mul(centered).sumTo(column).div(self().shape().dim(-1)).add(1e-5);
    return centered.div(variance.sqrt());
  }

  /**
   * Returns the mean over the elements where a mask is 1: {@code sum(x mask) / sum(mask)}, of rank
   * 0. Masked elements may have any value, NaN included, and receive a gradient of 0; if all are
   * masked, the mean is 0. The function that computes this multiplies the 0 by its derivative,
   * which may be infinite: mask its inputs too.
   *
   * @param mask 0 and 1, of the shape of this; not checked if a planned step computes it
   * @throws IllegalArgumentException if the mask has another shape or other values
   */
  default Variable maskedMean(Variable mask) {
    if (mask.recorder() == null) {
      Masks.checked("maskedMean", mask.value(), self().shape());
    }
    Variable zero = Variable.scalar(self().type(), 0);
    Variable one = Variable.scalar(self().type(), 1);
    return self().where(mask, zero).sum().div(mask.sum().max(one));
  }

  /** Returns {@code e^x / sum e^x} over the last axis. */
  default Variable softmax() {
    return Variable.apply(new Reductions.SoftmaxOp(), self());
  }

  /** Returns {@code x - log sum e^x} over the last axis. */
  default Variable logSoftmax() {
    return Variable.apply(new Reductions.LogSoftmax(), self());
  }

  /** Returns the shape in which the axes have size 1. */
  private Shape kept(int... axes) {
    Shape kept = self().shape();
    boolean[] seen = new boolean[kept.rank()];
    for (int axis : axes) {
      int a = kept.axis(axis);
      if (seen[a]) {
        throw new IllegalArgumentException(
            "[sum] expected each axis once, got "
                + Arrays.toString(axes)
                + " of "
                + self().shape());
      }
      seen[a] = true;
      kept = kept.with(a, 1);
    }
    return kept;
  }

  /** Returns the shape without the axes. */
  private Shape without(int... axes) {
    Shape shape = self().shape();
    boolean[] gone = new boolean[shape.rank()];
    for (int axis : axes) {
      gone[shape.axis(axis)] = true;
    }
    return Shape.of(
        IntStream.range(0, gone.length).filter(i -> !gone[i]).map(shape::dim).toArray());
  }

  private Variable self() {
    return (Variable) this;
  }
}
