package dev.unroll.data;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.spi.Code;
import java.util.Arrays;
import java.util.List;

/**
 * Brings variables to one scale, {@code (x - center) / width}, and predictions back. It is fitted
 * on the training part alone: what it knows of the rest, the network would know too. Everything is
 * computed in float64, whatever the type of the numbers: a width may be subnormal in float32, and
 * the distance from the center beyond its range.
 *
 * @param center float64 {@code [F]}, finite
 * @param width float64 {@code [F]}, finite and nowhere 0
 */
public record Scaling(Tensor center, Tensor width) {
  private static final Program APPLY = apply();
  private static final Program INVERT = invert();

  /** Checks the shapes; numbers of another type are converted. */
  public Scaling {
    if (center.shape().rank() != 1
        || !center.shape().equals(width.shape())
        || !Arrays.stream(center.toDoubles()).allMatch(Double::isFinite)
        || !Arrays.stream(width.toDoubles()).allMatch(w -> w != 0 && Double.isFinite(w))) {
      throw new IllegalArgumentException(
          "[scaling] expected a finite center [F] and a width [F] nowhere 0, got "
              + center
              + " and "
              + width);
    }
    center = center.to(DType.FLOAT64);
    width = width.to(DType.FLOAT64);
  }

  /**
   * Returns the scaling to mean 0 and standard deviation 1. A variable that never changes is moved
   * to 0: one whose deviation is no more than the rounding error of its numbers, 2^-52 times the
   * largest, or below the smallest normal float64.
   *
   * @param training {@code [..., F]}, of numbers that are finite
   * @throws IllegalArgumentException if there are none, one is not finite, or the range of a
   *     variable is beyond float64
   */
  public static Scaling standard(Tensor training) {
    return of(Arrays.stream(columns(training)).map(Scaling::standard).toList());
  }

  private static Line standard(double... x) {
    double low = Arrays.stream(x).min().orElseThrow();
    double largest = Math.max(-low, Arrays.stream(x).max().orElseThrow());
    // Close to 1, by a power of two, so that neither a sum nor a square overflows or underflows.
    int power = Math.max(Math.getExponent(largest), Double.MIN_EXPONENT);
    double[] u = Arrays.stream(x).map(v -> Math.scalb(v - low, -power)).toArray();
    double mean = Arrays.stream(u).sum() / u.length;
    double squares = Arrays.stream(u).map(v -> (v - mean) * (v - mean)).sum();
    double width = Math.scalb(Math.sqrt(squares / u.length), power);
    double noise = Math.max(Math.ulp(1.0) * largest, Double.MIN_NORMAL);
    return width > noise ? new Line(low + Math.scalb(mean, power), width) : new Line(low, 1);
  }

  /**
   * Returns the scaling to the range from 0 to 1. A variable that never changes is moved to 0.
   *
   * @throws IllegalArgumentException as {@link #standard}
   */
  public static Scaling range(Tensor training) {
    return of(Arrays.stream(columns(training)).map(Scaling::range).toList());
  }

  private static Line range(double... x) {
    double low = Arrays.stream(x).min().orElseThrow();
    double width = Arrays.stream(x).max().orElseThrow() - low;
    return new Line(low, width > 0 ? width : 1);
  }

  /** The scaling of one variable. */
  private record Line(double center, double width) {}

  private static Scaling of(List<Line> lines) {
    Shape shape = Shape.of(lines.size());
    return new Scaling(
        Tensor.of(shape, lines.stream().mapToDouble(Line::center).toArray()),
        Tensor.of(shape, lines.stream().mapToDouble(Line::width).toArray()));
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
    for (double[] c : columns) {
      double low = Arrays.stream(c).min().orElseThrow();
      double high = Arrays.stream(c).max().orElseThrow();
      if (!Double.isFinite(high - low)) {
        throw new IllegalArgumentException(
            "[scaling] expected a range within float64, got " + low + " to " + high);
      }
    }
    return columns;
  }

  /**
   * Returns the scaling of some variables, by their column: that of the ones predicted.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  public Scaling columns(int... variables) {
    double[] c = center.toDoubles();
    double[] w = width.toDoubles();
    if (Arrays.stream(variables).anyMatch(v -> v < 0 || v >= c.length)) {
      throw new IllegalArgumentException(
          "[scaling] expected columns from 0 to "
              + (c.length - 1)
              + ", got "
              + Arrays.toString(variables));
    }
    return of(Arrays.stream(variables).mapToObj(v -> new Line(c[v], w[v])).toList());
  }

  /** Returns scaled numbers, {@code [..., F]}, of the type of x; float64 where that is int32. */
  public Tensor apply(Tensor x) {
    return run(APPLY, x, center, width);
  }

  /** Returns the numbers that were scaled, {@code [..., F]}, of the type of x, as above. */
  public Tensor invert(Tensor x) {
    return run(INVERT, x, width, center);
  }

  private static Tensor run(Program program, Tensor x, Tensor first, Tensor second) {
    Tensor y = program.run("scaling", x.to(DType.FLOAT64), first, second).getFirst();
    return x.type().isFloating() ? y.to(x.type()) : y;
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
