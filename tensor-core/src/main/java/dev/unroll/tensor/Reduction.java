package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Team;
import dev.unroll.tensor.spi.Code;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sums, means, maxima and minima over axes. The order of summation does not depend on the number of
 * threads.
 *
 * <p>Each has two forms: over given axes, which are removed (all axes if none is given), and to a
 * shape that retains them: {@code meanTo(t, t.shape().with(1, 1))}.
 */
public final class Reduction {
  /**
   * The number of rows that are summed before their sum is added to the total: errors grow more
   * slowly.
   */
  private static final int ROWS = 64;

  /** The number of columns of one thread's part. */
  private static final int COLUMNS = 1024;

  /** The number of elements of one thread's part, a multiple of {@link Row#BLOCK}. */
  private static final int PART = 32 * Row.BLOCK;

  /** Above this, squares that underflowed are smaller than the rounding error of their sum. */
  private static final double SMALLEST = 1e-280;

  private Reduction() {}

  /** Returns the sum over axes: -0 if all terms are -0, 0 if there are none. */
  public static Tensor sum(Tensor t, int... axes) {
    return sumTo(t, kept("sum", t, axes)).reshape(left(t, axes));
  }

  /**
   * Sums to a shape: over the axes that broadcasting it to {@code t} would repeat.
   *
   * @throws IllegalArgumentException if {@code to} does not broadcast to the shape of {@code t}
   */
  public static Tensor sumTo(Tensor t, Shape to) {
    return reduce("sum", Code.ADD, 0, t, to);
  }

  /** Returns the mean over axes: the sum, divided by the number of terms; NaN if there are none. */
  public static Tensor mean(Tensor t, int... axes) {
    return meanTo(t, kept("mean", t, axes)).reshape(left(t, axes));
  }

  /** Returns the mean to a shape: see {@link #sumTo}. */
  public static Tensor meanTo(Tensor t, Shape to) {
    Tensor sum = reduce("mean", Code.ADD, 0, t, to);
    double count = to.size() == 0 ? 0 : t.shape().size() / to.size();
    return Program.of(Code.DIV).run("mean", sum, Tensor.scalar(t.type(), count)).getFirst();
  }

  /**
   * Returns the maximum over axes: NaN if an element is NaN, negative infinity if there are none.
   */
  public static Tensor max(Tensor t, int... axes) {
    return maxTo(t, kept("max", t, axes)).reshape(left(t, axes));
  }

  /** Returns the maximum to a shape: see {@link #sumTo}. */
  public static Tensor maxTo(Tensor t, Shape to) {
    return reduce("max", Code.MAX, Double.NEGATIVE_INFINITY, t, to);
  }

  /** Returns the minimum over axes: NaN if an element is NaN, infinity if there are none. */
  public static Tensor min(Tensor t, int... axes) {
    return minTo(t, kept("min", t, axes)).reshape(left(t, axes));
  }

  /** Returns the minimum to a shape: see {@link #sumTo}. */
  public static Tensor minTo(Tensor t, Shape to) {
    return reduce("min", Code.MIN, Double.POSITIVE_INFINITY, t, to);
  }

  /** Returns the shape in which the reduced axes have size 1. */
  private static Shape kept(String op, Tensor t, int... axes) {
    if (axes == null) {
      throw new NullPointerException("[" + op + "] expected axes, got null");
    }
    int[] dims = t.shape().dims();
    for (int axis : axes) {
      dims[t.shape().axis(op, axis)] = 1;
    }
    if (axes.length == 0) {
      Arrays.fill(dims, 1);
    }
    return Shape.of(dims);
  }

  /** Returns the sizes without the reduced axes. */
  private static int[] left(Tensor t, int... axes) {
    Shape s = t.shape();
    return IntStream.range(0, s.rank())
        .filter(i -> axes.length > 0 && IntStream.of(axes).noneMatch(a -> s.axis(a) == i))
        .map(s::dim)
        .toArray();
  }

  private static Tensor reduce(String op, Code code, double none, Tensor t, Shape to) {
    Tensor.floating(op, t);
    Shape from = t.shape();
    if (!Shape.broadcast(op, from, to).equals(from)) {
      throw new IllegalArgumentException("[" + op + "] " + to + " does not broadcast to " + from);
    }
    int shift = from.rank() - to.rank();
    int[] reduced =
        IntStream.range(0, from.rank())
            .filter(i -> from.dim(i) != 1 && (i < shift || to.dim(i - shift) == 1))
            .toArray();
    if (reduced.length == 0) {
      return t.reshape(to.dims());
    }
    int[] kept =
        IntStream.range(0, from.rank())
            .filter(i -> IntStream.of(reduced).noneMatch(r -> r == i))
            .toArray();
    boolean columns = kept.length > 0 && kept[kept.length - 1] == from.rank() - 1 && to.size() > 1;
    Tensor v = t.permute(columns ? join(reduced, kept) : join(kept, reduced)).contiguous();
    Elements<?> e = ElementTypes.elements(t.type());
    return columns ? columns(e, op, code, none, v, to) : rows(e, op, code, none, v, to);
  }

  private static int[] join(int[] a, int[] b) {
    return IntStream.concat(IntStream.of(a), IntStream.of(b)).toArray();
  }

  private static <A> Tensor rows(
      Elements<A> e, String op, Code code, double none, Tensor v, Shape to) {
    A x = Tensor.array(e, v);
    int offset = v.layout().offset();
    int count = v.shape().size() / Math.max(1, to.size());
    Row<A> row = Row.of(e, count);
    A out = ArrayScope.room(e, op, to);
    row.each(
        to.size(),
        i -> {
          int at = offset + i * count;
          e.set(out, i, code == Code.ADD ? row.sum(x, at) : row.extreme(code, none, x, at));
        });
    return Tensor.dense(v.type(), to, out);
  }

  private static <A> Tensor columns(
      Elements<A> e, String op, Code code, double none, Tensor v, Shape to) {
    A x = Tensor.array(e, v);
    int offset = v.layout().offset();
    int n = to.size();
    int count = v.shape().size() / n;
    A out = ArrayScope.room(e, op, to);
    e.fill(out, 0, n, code == Code.ADD && count > 0 ? -0.0 : none);
    Row.run(
        Math.ceilDiv(n, COLUMNS),
        (long) count * n,
        part -> {
          int at = part * COLUMNS;
          Row<A> row = Row.of(e, Math.min(COLUMNS, n - at));
          A block = e.scratch().take(COLUMNS);
          for (int i = 0; i < count; i += ROWS) {
            e.copy(row.n(), x, offset + i * n + at, 1, block, 0, 1);
            for (int r = i + 1; r < Math.min(count, i + ROWS); r++) {
              row.apply(code, x, offset + r * n + at, block, 0, block, 0);
            }
            row.apply(code, block, 0, out, at, out, at);
          }
          e.scratch().give(block);
        });
    return Tensor.dense(v.type(), to, out);
  }

  /**
   * Returns the sum of the squares of all elements, summed in double precision in an order that
   * does not depend on the number of threads.
   */
  public static double sumOfSquares(Tensor t) {
    Tensor.floating("sumOfSquares", t);
    return sumOfSquares(ElementTypes.elements(t.type()), t.contiguous());
  }

  /**
   * Returns the root of the sum of the squares of all elements. If squares overflow or underflow,
   * the elements are scaled first: the norm is infinite only if an element is, or if the norm
   * itself overflows. It is NaN if an element is.
   */
  public static double norm(Tensor t) {
    double squares = sumOfSquares(t);
    if (squares >= SMALLEST && squares <= Double.MAX_VALUE) {
      return Math.sqrt(squares);
    }
    double largest = Math.max(max(t).item(), -min(t).item());
    if (!(largest > 0) || largest == Double.POSITIVE_INFINITY) {
      return Math.max(0, largest);
    }
    int exponent = Math.clamp(Math.getExponent(largest), -1022, 1022);
    Program.Builder p = Program.inputs(1);
    Program scale = p.results(p.affine(0, Math.scalb(1.0, -exponent), 0));
    double scaled = sumOfSquares(scale.run("norm", t).getFirst());
    return Math.scalb(Math.sqrt(scaled), exponent);
  }

  private static <A> double sumOfSquares(Elements<A> e, Tensor t) {
    int n = t.shape().size();
    A x = Tensor.array(e, t);
    int offset = t.layout().offset();
    double[] sums = new double[Math.ceilDiv(n, PART)];
    Team.run(
        sums.length,
        part -> {
          double s = 0;
          int from = part * PART;
          for (int i = from; i < from + Math.min(PART, n - from); i += Row.BLOCK) {
            s += e.kernels().sumOfSquares(Math.min(Row.BLOCK, n - i), x, offset + i);
          }
          sums[part] = s;
        });
    double total = 0;
    for (double s : sums) {
      total += s;
    }
    return total;
  }
}
