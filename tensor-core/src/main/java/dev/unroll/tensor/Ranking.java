package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Ints;

/**
 * Finds the largest or smallest elements along an axis. Among equal elements the first comes first;
 * NaN precedes every number, as in {@link Reduction#max}.
 */
public final class Ranking {
  private Ranking() {}

  /**
   * The largest elements along an axis, in descending order.
   *
   * @param values {@code [..., K, ...]}
   * @param indices int32, their indices along the axis
   */
  public record Largest(Tensor values, Tensor indices) {}

  private interface Order {
    boolean before(double a, double b);
  }

  private static final Order DESCENDING = (a, b) -> a > b || (Double.isNaN(a) && !Double.isNaN(b));

  private static final Order ASCENDING = (a, b) -> a < b || (Double.isNaN(a) && !Double.isNaN(b));

  /**
   * Returns the index of the largest element along an axis, which is removed: int32.
   *
   * @throws IllegalArgumentException if the axis is empty
   */
  public static Tensor argMax(Tensor t, int axis) {
    return first("argMax", t, axis, DESCENDING);
  }

  /**
   * Returns the index of the smallest element along an axis, which is removed: int32.
   *
   * @throws IllegalArgumentException if the axis is empty
   */
  public static Tensor argMin(Tensor t, int axis) {
    return first("argMin", t, axis, ASCENDING);
  }

  private static Tensor first(String op, Tensor t, int axis, Order order) {
    int a = t.shape().axis(op, axis);
    if (t.shape().dim(a) == 0) {
      throw new IllegalArgumentException("[" + op + "] axis " + axis + " is empty: " + t.shape());
    }
    return top(op, t, a, 1, order).indices.select(a, 0);
  }

  /**
   * Returns the {@code k} largest elements along an axis.
   *
   * @throws IllegalArgumentException if the axis has fewer elements
   */
  public static Largest topK(Tensor t, int axis, int k) {
    int a = t.shape().axis("topK", axis);
    if (k < 0 || k > t.shape().dim(a)) {
      throw new IllegalArgumentException(
          "[topK] expected 0 to "
              + t.shape().dim(a)
              + " elements of axis "
              + axis
              + " of "
              + t.shape()
              + ", got "
              + k);
    }
    return top("topK", t, a, k, DESCENDING);
  }

  private static Largest top(String op, Tensor t, int axis, int k, Order order) {
    int last = t.shape().rank() - 1;
    Tensor rows = t.transpose(axis, last).contiguous();
    Largest found = top(ElementTypes.elements(t.type()), op, rows, k, order);
    return new Largest(found.values.transpose(axis, last), found.indices.transpose(axis, last));
  }

  private static <A> Largest top(Elements<A> e, String op, Tensor t, int k, Order order) {
    int n = t.shape().dim(-1);
    Shape shape = t.shape().with(-1, k);
    A x = Tensor.array(e, t);
    int offset = t.layout().offset();
    A values = ArrayScope.room(e, op, shape);
    int[] indices = ArrayScope.room(Ints.INSTANCE, op, shape);
    double[] best = new double[k];
    int[] where = new int[k];
    int rows = shape.size() / Math.max(1, k);
    for (int row = 0; row < rows; row++) {
      row(e, n, x, offset + row * n, best, where, order);
      System.arraycopy(where, 0, indices, row * k, k);
      for (int i = 0; i < k; i++) {
        e.set(values, row * k + i, best[i]);
      }
    }
    return new Largest(
        Tensor.dense(t.type(), shape, values), Tensor.dense(DType.INT32, shape, indices));
  }

  /**
   * Finds the first elements of a row by insertion: few elements pass the comparison with the last.
   */
  private static <A> void row(
      Elements<A> e, int n, A x, int from, double[] best, int[] where, Order order) {
    int have = 0;
    for (int i = 0; i < n; i++) {
      double v = e.get(x, from + i);
      if (have == best.length && !order.before(v, best[have - 1])) {
        continue;
      }
      int low = 0;
      for (int high = have; low < high; ) {
        int middle = (low + high) >>> 1;
        if (order.before(v, best[middle])) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      have = Math.min(have + 1, best.length);
      System.arraycopy(best, low, best, low + 1, have - low - 1);
      System.arraycopy(where, low, where, low + 1, have - low - 1);
      best[low] = v;
      where[low] = i;
    }
  }
}
