package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Ints;

/**
 * Cumulative sums. Floating-point sums are accumulated in double precision, and each result is
 * rounded once; int32 sums wrap around on overflow, as in {@link Rows#scatterAdd}.
 */
public final class Cumulative {
  private Cumulative() {}

  /** Returns {@code y[i] = x[0] + ... + x[i]} along an axis. */
  public static Tensor sum(Tensor t, int axis) {
    int last = t.shape().rank() - 1;
    Tensor rows = t.transpose(t.shape().axis("cumulativeSum", axis), last).contiguous();
    return (t.type() == DType.INT32
            ? sumIntegers(rows)
            : sum(ElementTypes.elements(t.type()), rows))
        .transpose(axis, last);
  }

  /** Returns {@code y[i] = x[i] + ... + x[n-1]} along an axis, accumulated from the end. */
  public static Tensor sumFromEnd(Tensor t, int axis) {
    return sum(t.flip(axis), axis).flip(axis);
  }

  private static <A> Tensor sum(Elements<A> e, Tensor t) {
    int n = t.shape().dim(-1);
    A x = Tensor.array(e, t);
    int offset = t.layout().offset();
    A out = ArrayScope.room(e, "cumulativeSum", t.shape());
    for (int row = 0; row < t.shape().size(); row += n) {
      double total = 0;
      for (int i = row; i < row + n; i++) {
        total += e.get(x, offset + i);
        e.set(out, i, total);
      }
    }
    return Tensor.dense(t.type(), t.shape(), out);
  }

  private static Tensor sumIntegers(Tensor t) {
    int n = t.shape().dim(-1);
    int[] x = Tensor.array(Ints.INSTANCE, t);
    int offset = t.layout().offset();
    int[] out = ArrayScope.room(Ints.INSTANCE, "cumulativeSum", t.shape());
    for (int row = 0; row < t.shape().size(); row += n) {
      int total = 0;
      for (int i = row; i < row + n; i++) {
        total += x[offset + i];
        out[i] = total;
      }
    }
    return Tensor.dense(t.type(), t.shape(), out);
  }
}
