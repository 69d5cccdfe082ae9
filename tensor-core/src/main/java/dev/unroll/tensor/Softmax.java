package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;

/**
 * Softmax over the last axis, and the corresponding cross-entropy, row by row. The maximum of a row
 * is subtracted first, so that nothing overflows, and then the logarithm of the sum: the two are
 * never added, because a large maximum would absorb the logarithm. Rows are independent.
 */
public final class Softmax {
  /** The target of an ignored row, whose loss and gradient are 0. */
  public static final int IGNORED = -1;

  private Softmax() {}

  /** Returns {@code exp(x) / sum exp(x)} over the last axis. */
  public static Tensor softmax(Tensor x) {
    x.shape().axis("softmax", -1);
    return softmax(ElementTypes.elements(Tensor.floating("softmax", x)), x.contiguous());
  }

  private static <A> Tensor softmax(Elements<A> e, Tensor x) {
    Row<A> row = Row.of(e, x.shape().dim(-1));
    A out = ArrayScope.room(e, "softmax", x.shape());
    A from = Tensor.array(e, x);
    int offset = x.layout().offset();
    row.each(
        rows(x),
        i -> {
          int start = offset + i * row.n();
          probabilities(row, from, start, row.max(from, start), out, i * row.n(), 1);
        });
    return Tensor.dense(x.type(), x.shape(), out);
  }

  /**
   * Writes the probabilities of a row, times a factor, and returns {@code log sum exp(x - max)}.
   */
  private static <A> double probabilities(
      Row<A> row, A x, int from, double max, A out, int at, double factor) {
    double sum = row.kernels().expSum(row.n(), x, from, max, out, at);
    row.affine(out, at, factor / sum, 0, out, at);
    return Math.log(sum);
  }

  /** Returns {@code x - log sum exp(x)} over the last axis. */
  public static Tensor logSoftmax(Tensor x) {
    x.shape().axis("logSoftmax", -1);
    return logSoftmax(ElementTypes.elements(Tensor.floating("logSoftmax", x)), x.contiguous());
  }

  private static <A> Tensor logSoftmax(Elements<A> e, Tensor x) {
    int n = x.shape().dim(-1);
    Row<A> row = Row.of(e, n);
    A out = ArrayScope.room(e, "logSoftmax", x.shape());
    A from = Tensor.array(e, x);
    int offset = x.layout().offset();
    row.each(
        rows(x),
        i -> {
          double max = row.max(from, offset + i * n);
          double log = logSum(row, from, offset + i * n, max, out, i * n);
          row.affine(from, offset + i * n, 1, -max, out, i * n);
          row.affine(out, i * n, 1, -log, out, i * n);
        });
    return Tensor.dense(x.type(), x.shape(), out);
  }

  /**
   * Returns {@code log sum exp(x - max)} of a row; {@code out} is a workspace of the same length.
   */
  private static <A> double logSum(Row<A> row, A x, int from, double max, A out, int at) {
    return Math.log(row.kernels().expSum(row.n(), x, from, max, out, at));
  }

  /**
   * Returns the cross-entropy of each row, {@code log sum exp(x) - x[target]}, in nats.
   *
   * @param x logits {@code [N, V]}
   * @param targets int32 {@code [N]}: {@code 0..V-1}, or {@link #IGNORED}
   * @return {@code [N]}
   * @throws IllegalArgumentException if the targets are not int32, one is outside, or the shapes do
   *     not match
   */
  public static Tensor crossEntropy(Tensor x, Tensor targets) {
    int[] target = targets(x, targets);
    return crossEntropy(
        ElementTypes.elements(Tensor.floating("crossEntropy", x)), x.contiguous(), target);
  }

  private static <A> Tensor crossEntropy(Elements<A> e, Tensor x, int[] target) {
    int n = x.shape().dim(1);
    Row<A> row = Row.of(e, n);
    A out = ArrayScope.zeros(e, "crossEntropy", Shape.of(target.length));
    A from = Tensor.array(e, x);
    int offset = x.layout().offset();
    row.each(
        rows(x),
        i -> {
          if (target[i] != IGNORED) {
            int start = offset + i * n;
            double max = row.max(from, start);
            A room = e.scratch().take(n);
            double log = logSum(row, from, start, max, room, 0);
            e.scratch().give(room);
            e.set(out, i, max - e.get(from, start + target[i]) + log);
          }
        });
    return Tensor.dense(x.type(), Shape.of(target.length), out);
  }

  /**
   * Losses and their gradient.
   *
   * @param each {@code [N]}: the {@link #crossEntropy} of each row
   * @param gradient {@code [N, V]}: the gradient with respect to the logits, {@code g (softmax(x) -
   *     onehot)}
   */
  public record Losses(Tensor each, Tensor gradient) {}

  /**
   * Returns {@link #crossEntropy} and its gradient in one pass.
   *
   * @param g {@code [N]}, the gradient with respect to each row's loss
   * @throws IllegalArgumentException as {@link #crossEntropy}, or if g has another shape
   */
  public static Losses losses(Tensor x, Tensor targets, Tensor g) {
    int[] target = targets(x, targets);
    if (!g.shape().equals(targets.shape())) {
      throw new IllegalArgumentException(
          "[crossEntropy] expected a gradient for each row, got "
              + Shape.join(x.shape(), targets.shape(), g.shape()));
    }
    Elements<?> e = ElementTypes.elements(Tensor.floating("crossEntropy", x, g));
    return losses(e, x.contiguous(), target, g.toDoubles());
  }

  private static <A> Losses losses(Elements<A> e, Tensor x, int[] target, double[] g) {
    Row<A> row = Row.of(e, x.shape().dim(1));
    int n = row.n();
    A each = ArrayScope.zeros(e, "crossEntropy", Shape.of(target.length));
    A out = ArrayScope.room(e, "crossEntropy", x.shape());
    A from = Tensor.array(e, x);
    int offset = x.layout().offset();
    row.each(
        target.length,
        i -> {
          if (target[i] == IGNORED) {
            e.fill(out, i * n, n, 0);
          } else {
            int start = offset + i * n;
            int at = i * n + target[i];
            double max = row.max(from, start);
            double log = probabilities(row, from, start, max, out, i * n, g[i]);
            e.set(out, at, e.get(out, at) - g[i]);
            e.set(each, i, max - e.get(from, start + target[i]) + log);
          }
        });
    return new Losses(
        Tensor.dense(x.type(), Shape.of(target.length), each),
        Tensor.dense(x.type(), x.shape(), out));
  }

  private static int[] targets(Tensor x, Tensor targets) {
    Shape s = x.shape();
    if (s.rank() != 2 || !targets.shape().equals(Shape.of(s.dim(0)))) {
      throw new IllegalArgumentException(
          "[crossEntropy] expected logits [N, V] and targets [N], got "
              + Shape.join(s, targets.shape()));
    }
    if (targets.type() != DType.INT32) {
      throw new IllegalArgumentException(
          "[crossEntropy] expected class ids as int32, got targets "
              + targets.type()
              + targets.shape());
    }
    int[] t = targets.toInts();
    for (int i : t) {
      if (i < IGNORED || i >= s.dim(1)) {
        throw new IllegalArgumentException(
            "[crossEntropy] target " + i + " is outside 0 to " + (s.dim(1) - 1));
      }
    }
    return t;
  }

  private static int rows(Tensor x) {
    return x.shape().size() / Math.max(1, x.shape().dim(-1));
  }
}
