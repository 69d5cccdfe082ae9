package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.spi.Code;

/**
 * Rows of the last axis shifted and scaled to mean 0 and deviation 1 (Ba, Kiros &amp; Hinton 2016,
 * "Layer normalization", arXiv:1607.06450); the gain and bias of the paper are an ordinary {@link
 * Program} after it. A row never depends on another.
 *
 * @param output {@code y = (x - mean) / sqrt(variance + epsilon)}, of the shape of x; the variance
 *     is that of the row, not an estimate from a sample: divided by N
 * @param mean of each row, {@code [..., 1]}
 * @param inverseDeviation {@code 1 / sqrt(variance + epsilon)} of each row, {@code [..., 1]}
 */
public record LayerNorm(Tensor output, Tensor mean, Tensor inverseDeviation) {
  /**
   * Normalizes each row.
   *
   * @param epsilon added to the variance; 1e-5 in most models
   * @throws IllegalArgumentException if x is a scalar
   */
  public static LayerNorm of(Tensor x, double epsilon) {
    x.shape().axis("layerNorm", -1);
    return of(Tensor.elements(Tensor.floating("layerNorm", x)), x.contiguous(), epsilon);
  }

  private static <A> LayerNorm of(Elements<A> e, Tensor x, double epsilon) {
    Shape column = x.shape().with(-1, 1);
    int n = x.shape().dim(-1);
    Row<A> row = Row.of(e, n);
    A from = Tensor.array(e, x);
    int offset = x.layout().offset();
    A out = Buffers.room(e, "layerNorm", x.shape());
    A mean = Buffers.room(e, "layerNorm", column);
    A inverse = Buffers.room(e, "layerNorm", column);
    row.each(
        column.size(),
        i -> {
          int at = i * n;
          e.set(mean, i, row.sum(from, offset + at) / n);
          double m = e.get(mean, i);
          row.affine(from, offset + at, 1, -m, out, at);
          // A mean that is large beside the deviation is rounded: what is left is taken off as
          // well.
          double rest = row.sum(out, at) / n;
          row.affine(out, at, 1, -rest, out, at);
          double r = 1 / Math.sqrt(row.sumOfSquares(out, at) / n + epsilon);
          row.affine(out, at, r, 0, out, at);
          e.set(mean, i, m + rest);
          e.set(inverse, i, r);
        });
    return new LayerNorm(
        Tensor.dense(x.type(), x.shape(), out),
        Tensor.dense(x.type(), column, mean),
        Tensor.dense(x.type(), column, inverse));
  }

  /**
   * Returns the gradient by x: {@code (g - mean(g) - y mean(g y)) / sqrt(variance + epsilon)}.
   *
   * @param g the gradient by the output
   * @throws IllegalArgumentException if shape or type are not those of the output
   */
  public Tensor gradient(Tensor g) {
    if (!g.shape().equals(output.shape())) {
      throw new IllegalArgumentException(
          "[layerNorm] expects a gradient for each element: "
              + Shape.join(output.shape(), g.shape()));
    }
    return gradient(Tensor.elements(Tensor.floating("layerNorm", output, g)), g.contiguous());
  }

  private <A> Tensor gradient(Elements<A> e, Tensor g) {
    int n = g.shape().dim(-1);
    Row<A> row = Row.of(e, n);
    Tensor normalized = output.contiguous();
    A y = Tensor.array(e, normalized);
    int start = normalized.layout().offset();
    double[] r = inverseDeviation.toDoubles();
    A from = Tensor.array(e, g);
    int offset = g.layout().offset();
    A out = Buffers.room(e, "layerNorm", g.shape());
    row.each(
        r.length,
        i -> {
          int at = i * n;
          A scratch = e.scratch().take(n);
          row.apply(Code.MUL, from, offset + at, y, start + at, out, at);
          double along = row.sum(out, at) / n;
          double mean = row.sum(from, offset + at) / n;
          row.affine(y, start + at, along, mean, scratch, 0);
          row.apply(Code.SUB, from, offset + at, scratch, 0, out, at);
          row.affine(out, at, r[i], 0, out, at);
          e.scratch().give(scratch);
        });
    return Tensor.dense(g.type(), g.shape(), out);
  }
}
