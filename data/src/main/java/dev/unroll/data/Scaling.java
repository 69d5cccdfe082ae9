package dev.unroll.data;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.spi.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Scales variables to a common range, {@code (x - center) / width}, and predictions back. Fit it on
 * the training part only, or information about the held-out part leaks into training. Everything is
 * computed in float64, whatever the type of the values: in float32, a width may be subnormal, and a
 * distance from the center out of range.
 *
 * @param center float64 {@code [F]}, finite
 * @param width float64 {@code [F]}, finite and nonzero
 */
public record Scaling(Tensor center, Tensor width) {
  private static final Program APPLY = apply();
  private static final Program INVERT = invert();

  /** Checks the shapes; values of another type are converted. */
  public Scaling {
    Objects.requireNonNull(center, "center");
    Objects.requireNonNull(width, "width");
    if (center.shape().rank() != 1
        || !center.shape().equals(width.shape())
        || !Arrays.stream(center.toDoubles()).allMatch(Double::isFinite)
        || !Arrays.stream(width.toDoubles()).allMatch(w -> w != 0 && Double.isFinite(w))) {
      throw new IllegalArgumentException(
          "[scaling] expected a finite center [F] and a nonzero width [F], got "
              + center
              + " and "
              + width);
    }
    center = center.to(DType.FLOAT64);
    width = width.to(DType.FLOAT64);
  }

  /**
   * Returns the scaling to mean 0 and standard deviation 1. A constant variable is only shifted to
   * 0: one whose deviation is at most the rounding error of its values, 2^-52 times the largest, or
   * below the smallest normal float64.
   *
   * @param training {@code [..., F]}, finite
   * @throws IllegalArgumentException if it is empty or not finite, or if the range of a variable
   *     overflows float64
   */
  public static Scaling standard(Tensor training) {
    return of(Arrays.stream(columns(training)).map(Scaling::standard).toList());
  }

  private static Line standard(double... x) {
    double low = Arrays.stream(x).min().orElseThrow();
    double largest = Math.max(-low, Arrays.stream(x).max().orElseThrow());
    // Scaled close to 1 by a power of two, so that neither a sum nor a square overflows or
    // underflows.
    int power = Math.max(Math.getExponent(largest), Double.MIN_EXPONENT);
    double[] u = Arrays.stream(x).map(v -> Math.scalb(v - low, -power)).toArray();
    double mean = Arrays.stream(u).sum() / u.length;
    double squares = Arrays.stream(u).map(v -> (v - mean) * (v - mean)).sum();
    double width = Math.scalb(Math.sqrt(squares / u.length), power);
    double noise = Math.max(Math.ulp(1.0) * largest, Double.MIN_NORMAL);
    return width > noise ? new Line(low + Math.scalb(mean, power), width) : new Line(low, 1);
  }

  /**
   * Returns the scaling to the range from 0 to 1. A constant variable is only shifted to 0.
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
          "[scaling] expected finite values [..., F], got " + t.type() + " " + t);
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
            "[scaling] expected a range that float64 can represent, got " + low + " to " + high);
      }
    }
    return columns;
  }

  /**
   * Returns the scaling of selected columns, such as those that are predicted.
   *
   * @throws IllegalArgumentException if a column does not exist
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

  /** Scales values, {@code [..., F]}; the result has the type of x, or float64 if x is int32. */
  public Tensor apply(Tensor x) {
    return run(APPLY, x, center, width);
  }

  /**
   * Inverts the scaling, {@code [..., F]}; the result has the type of x, or float64 if x is int32.
   */
  public Tensor invert(Tensor x) {
    return run(INVERT, x, width, center);
  }

  private static Tensor run(Program program, Tensor x, Tensor first, Tensor second) {
    if (x.shape().rank() == 0 || x.shape().dim(-1) != first.shape().size()) {
      throw new IllegalArgumentException(
          "[scaling] expected values [..., " + first.shape().size() + "], got " + x.shape());
    }
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
