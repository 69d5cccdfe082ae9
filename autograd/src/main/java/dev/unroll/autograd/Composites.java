package dev.unroll.autograd;

import dev.unroll.autograd.op.Products.MatMulAdd;
import dev.unroll.tensor.Masks;
import dev.unroll.tensor.Shape;

/** What is built from the primitives, and needed in more than one place. */
public final class Composites {
  private Composites() {}

  /** Returns the mean of all elements, of rank 0. */
  public static Variable mean(Variable x) {
    return x.sum().affine(1.0 / x.shape().size(), 0);
  }

  /** Returns {@code max(x, 0)}; its gradient at 0 is 0. */
  public static Variable relu(Variable x) {
    return Variable.scalar(x.type(), 0).max(x);
  }

  /** Returns x with everything outside {@code low} to {@code high} at that end. */
  public static Variable clamp(Variable x, double low, double high) {
    return x.max(Variable.scalar(x.type(), low)).min(Variable.scalar(x.type(), high));
  }

  /**
   * Returns the largest elements along an axis, without that axis. Where several are equal, the
   * gradient goes to the first of them.
   *
   * @throws IllegalArgumentException if the axis has size 0
   */
  public static Variable largest(Variable x, int axis) {
    int n = x.shape().dim(axis);
    if (n == 0) {
      throw new IllegalArgumentException(
          "[largest] axis " + axis + " of " + x.shape() + " is empty");
    }
    int a = x.shape().axis(axis);
    Variable rest = x;
    for (int size = n; size > 1; size = (size + 1) / 2) {
      int half = size / 2;
      // Neighbours are compared, so that of equal elements the first one stays in front.
      Shape halves = x.shape().with(a, half);
      Variable pairs = rest.slice(a, 0, 2 * half).reshape(halves.insert(a + 1, 2));
      Variable larger = pairs.select(a + 1, 0).max(pairs.select(a + 1, 1));
      rest = size % 2 == 0 ? larger : Variable.concat(a, larger, rest.slice(a, size - 1, size));
    }
    return rest.reshape(x.shape().without(a));
  }

  /**
   * Returns each row with mean 0, {@code x - mean}. The mean is rounded: where it is millions of
   * times the deviation, in float32, a part of it remains, which centering once more removes.
   *
   * @param x {@code [..., N]}
   */
  public static Variable centered(Variable x) {
    Shape column = x.shape().with(x.shape().rank() - 1, 1);
    return x.sub(x.sumTo(column).affine(1.0 / x.shape().dim(-1), 0));
  }

  /**
   * Returns each row with mean 0 and variance 1, {@code (x - mean) / sqrt(variance + 1e-5)}: layer
   * normalization without its gain and bias (Ba, Kiros &amp; Hinton 2016, arXiv:1607.06450). Rows
   * whose mean may be millions of times the deviation should be {@link #centered} first.
   *
   * @param x {@code [..., N]}
   */
  public static Variable normalized(Variable x) {
    Shape column = x.shape().with(x.shape().rank() - 1, 1);
    double share = 1.0 / x.shape().dim(-1);
    Variable centered = centered(x);
    Variable variance = centered.mul(centered).sumTo(column).affine(share, 1e-5);
    return centered.div(variance.sqrt());
  }

  /**
   * Returns {@code x W + b}, in one pass over the result.
   *
   * @param x {@code [..., I]}
   * @param w {@code [I, O]}
   * @param b {@code [O]}
   */
  public static Variable linear(Variable x, Variable w, Variable b) {
    return Variable.apply(new MatMulAdd(), b, x, w);
  }

  /**
   * Returns the mean over what a mask keeps: {@code sum(x mask) / sum(mask)}, of rank 0. What is
   * masked may hold anything, NaN included, and receives a gradient of 0; where nothing is kept,
   * the mean is 0. A formula that made x multiplies this 0 by its derivative, which may be
   * infinite: mask its inputs too.
   *
   * @param mask 0 and 1, of the shape of x; values that a planned step computes are not looked at
   * @throws IllegalArgumentException if the mask has another shape, or holds other numbers
   */
  public static Variable maskedMean(Variable x, Variable mask) {
    if (mask.recorder() == null) {
      Masks.checked("maskedMean", mask.value(), x.shape());
    }
    Variable zero = Variable.scalar(x.type(), 0);
    Variable one = Variable.scalar(x.type(), 1);
    return x.where(mask, zero).sum().div(mask.sum().max(one));
  }
}
