package dev.unroll.data;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.spi.Code;
import java.util.Arrays;

/**
 * Brings variables to one scale, {@code (x - center) / width}, and predictions back. It is fitted
 * on the training part alone: what it knows of the rest, the network would know too.
 *
 * @param center {@code [F]}
 * @param width {@code [F]}, nowhere 0
 */
public record Scaling(Tensor center, Tensor width) {
  private static final Program APPLY = apply();
  private static final Program INVERT = invert();

  /** Checks the shapes. */
  public Scaling {
    if (center.shape().rank() != 1
        || !center.shape().equals(width.shape())
        || Arrays.stream(width.toDoubles()).anyMatch(w -> w == 0)) {
      throw new IllegalArgumentException(
          "[scaling] expects a center [F] and a width [F] nowhere 0, given "
              + center
              + " and "
              + width);
    }
  }

  /**
   * Returns the scaling to mean 0 and standard deviation 1. A variable that never changes is moved
   * to 0.
   *
   * @param training {@code [..., F]}, of numbers that are finite
   */
  public static Scaling standard(Tensor training) {
    double[][] columns = columns(training);
    return of(
        training.type(),
        Arrays.stream(columns).mapToDouble(Scaling::mean).toArray(),
        Arrays.stream(columns).mapToDouble(Scaling::deviation).toArray());
  }

  /** Returns the scaling to the range from 0 to 1. A variable that never changes is moved to 0. */
  public static Scaling range(Tensor training) {
    double[][] columns = columns(training);
    double[] low = new double[columns.length];
    double[] width = new double[columns.length];
    for (int f = 0; f < columns.length; f++) {
      low[f] = Arrays.stream(columns[f]).min().orElseThrow();
      width[f] = Arrays.stream(columns[f]).max().orElseThrow() - low[f];
    }
    return of(training.type(), low, width);
  }

  private static Scaling of(DType type, double[] center, double[] width) {
    double[] nowhereZero = Arrays.stream(width).map(w -> w > 0 ? w : 1).toArray();
    Shape shape = Shape.of(center.length);
    return new Scaling(Tensor.of(shape, center).to(type), Tensor.of(shape, nowhereZero).to(type));
  }

  private static double[][] columns(Tensor t) {
    double[] x = t.toDoubles();
    if (t.shape().rank() == 0 || x.length == 0 || !Arrays.stream(x).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "[scaling] expects finite numbers [..., F], given " + t.type() + " " + t);
    }
    int f = t.shape().dim(-1);
    double[][] columns = new double[f][x.length / f];
    for (int i = 0; i < x.length; i++) {
      columns[i % f][i / f] = x[i];
    }
    return columns;
  }

  private static double mean(double[] x) {
    return Arrays.stream(x).sum() / x.length;
  }

  private static double deviation(double[] x) {
    double mean = mean(x);
    return Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / x.length);
  }

  /** Returns the scaling of some variables, by their column: that of the ones predicted. */
  public Scaling columns(int... variables) {
    double[] c = center.toDoubles();
    double[] w = width.toDoubles();
    return of(
        center.type(),
        Arrays.stream(variables).mapToDouble(v -> c[v]).toArray(),
        Arrays.stream(variables).mapToDouble(v -> w[v]).toArray());
  }

  /** Returns scaled numbers, {@code [..., F]}. */
  public Tensor apply(Tensor x) {
    return APPLY.run("scaling", x, center, width).getFirst();
  }

  /** Returns the numbers that were scaled, {@code [..., F]}. */
  public Tensor invert(Tensor x) {
    return INVERT.run("scaling", x, width, center).getFirst();
  }

  private static Program apply() {
    Program.Builder p = Program.inputs(3);
    return p.results(p.apply(Code.DIV, p.apply(Code.SUB, 0, 1), 2));
  }

  private static Program invert() {
    Program.Builder p = Program.inputs(3);
    return p.results(p.add(p.mul(0, 1), 2));
  }
}
