package dev.unroll.layers.conv;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;

/**
 * The elements in each window: a convolution is a product with them, a pooling a reduction of them.
 */
final class Patches {
  private Patches() {}

  /**
   * Returns the elements at each position, {@code [..., H', W', k, C]}, where k is the number of
   * elements of both windows.
   *
   * @param what a name for messages
   * @param x {@code [..., H, W, C]}
   * @param fill the value of padding
   */
  static Variable of(String what, Variable x, Window rows, Window columns, double fill) {
    int rank = x.shape().rank();
    if (rank < 3) {
      throw new IllegalArgumentException(
          "[" + what + "] expected [..., height, width, channels], got " + x.shape());
    }
    int[] dims = x.shape().dims();
    int height = dims[rank - 3];
    int width = dims[rank - 2];
    int channels = dims[rank - 1];
    int images = Arrays.stream(dims, 0, rank - 3).reduce(1, Math::multiplyExact);
    int down = rows.outputLength(height);
    int across = columns.outputLength(width);
    int seen = seen(rows, columns);
    Variable pixels = x.reshape(Shape.of(Shape.of(images, height, width).size(), channels));
    boolean padded = rows.before() + rows.after() + columns.before() + columns.after() > 0;
    Variable all =
        padded
            ? Variable.concat(
                0, pixels, Variable.of(Tensor.full(x.type(), Shape.of(1, channels), fill)))
            : pixels;
    int[] ids = new int[Shape.of(images, down, across, seen).size()];
    int n = 0;
    for (int image = 0; image < images; image++) {
      for (int place = 0; place < down * across; place++) {
        for (int i = 0; i < seen; i++) {
          int r = rows.at(place / across, i / columns.size(), height);
          int c = columns.at(place % across, i % columns.size(), width);
          boolean outside = r < 0 || c < 0;
          ids[n++] = outside ? images * height * width : (image * height + r) * width + c;
        }
      }
    }
    int[] to = Arrays.copyOf(dims, rank + 1);
    to[rank - 3] = down;
    to[rank - 2] = across;
    to[rank - 1] = seen;
    to[rank] = channels;
    return all.gather(Variable.of(Tensor.of(Shape.of(ids.length), ids))).reshape(Shape.of(to));
  }

  /** Returns the number of elements of both windows. */
  static int seen(Window rows, Window columns) {
    return Shape.of(rows.size(), columns.size()).size();
  }

  /** Tells which positions have elements other than padding. */
  interface Sight {
    boolean sees(int row, int column);
  }

  /**
   * Replaces the results of positions with only padding by 0.
   *
   * @param y {@code [..., rows, columns, C]}
   */
  static Variable orZero(Variable y, int rows, int columns, Sight sight) {
    float[] seen = new float[Shape.of(rows, columns).size()];
    boolean all = true;
    for (int i = 0; i < seen.length; i++) {
      boolean sees = sight.sees(i / columns, i % columns);
      seen[i] = sees ? 1 : 0;
      all &= sees;
    }
    Tensor mask = Tensor.of(Shape.of(rows, columns, 1), seen).to(y.type());
    return all ? y : y.where(Variable.of(mask), Variable.scalar(y.type(), 0));
  }

  /** Returns a sequence {@code [..., T, C]} as an image of one row, {@code [..., 1, T, C]}. */
  static Variable image(String what, Variable x) {
    int rank = x.shape().rank();
    if (rank < 2) {
      throw new IllegalArgumentException(
          "[" + what + "] expected [..., time, channels], got " + x.shape());
    }
    return x.reshape(x.shape().insert(rank - 2, 1));
  }

  /** Returns the sequence of an image of one row. */
  static Variable sequence(Variable x) {
    return x.reshape(x.shape().without(-3));
  }
}
