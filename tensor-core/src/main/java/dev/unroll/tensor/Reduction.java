package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Team;
import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.util.stream.IntStream;

/** Sums and maxima over axes. Every sum runs in one order, whatever the number of threads. */
public final class Reduction {
  /** Terms that are added in the tensor's own precision; blocks of them add up in double. */
  private static final int BLOCK = 1024;

  /** Rows that are added to each other before their sum joins the total: errors grow slower. */
  private static final int ROWS = 64;

  /** Columns of a part for one thread. */
  private static final int COLUMNS = 256;

  /** Elements of a part for one thread, a multiple of {@link #BLOCK}. */
  private static final int PART = 32 * BLOCK;

  private static final Instruction ADD = new Instruction(Code.ADD, 0, 1, -1, 1, 0);

  private Reduction() {}

  /** Returns the sum along an axis, which disappears. */
  public static Tensor sum(Tensor t, int axis) {
    return sumTo(t, t.shape().with(axis, 1)).reshape(t.shape().without(axis).dims());
  }

  /** Returns the sum of all elements, a scalar. */
  public static Tensor sum(Tensor t) {
    return sumTo(t, Shape.of());
  }

  /**
   * Sums down to a shape: over the axes that broadcasting it to {@code t} would repeat.
   *
   * @throws IllegalArgumentException if {@code to} does not broadcast to the shape of {@code t}
   */
  public static Tensor sumTo(Tensor t, Shape to) {
    Tensor.floating("sum", t);
    Shape from = t.shape();
    if (!Shape.broadcast("sum", from, to).equals(from)) {
      throw new IllegalArgumentException("[sum] " + to + " does not broadcast to " + from);
    }
    if (to.size() == from.size()) {
      return t.reshape(to.dims());
    }
    int shift = from.rank() - to.rank();
    int[] reduced =
        IntStream.range(0, from.rank())
            .filter(i -> from.dim(i) != 1 && (i < shift || to.dim(i - shift) == 1))
            .toArray();
    int[] kept =
        IntStream.range(0, from.rank())
            .filter(i -> IntStream.of(reduced).noneMatch(r -> r == i))
            .toArray();
    return sum(Tensor.elements(t.type()), t, reduced, kept, to);
  }

  private static <A> Tensor sum(Elements<A> e, Tensor t, int[] reduced, int[] kept, Shape to) {
    int n = to.size();
    int count = n == 0 ? 0 : t.shape().size() / n;
    A out = e.allocate(n);
    boolean rows = kept.length > 0 && kept[kept.length - 1] == t.shape().rank() - 1 && n > 1;
    if (rows) {
      Tensor v = t.permute(join(reduced, kept)).contiguous();
      addRows(e, Tensor.array(e, v), v.layout().offset(), count, n, out);
    } else {
      Tensor v = t.permute(join(kept, reduced)).contiguous();
      A x = Tensor.array(e, v);
      int offset = v.layout().offset();
      for (int i = 0; i < n; i++) {
        e.set(out, i, sum(e.kernels(), count, x, offset + i * count));
      }
    }
    return Tensor.dense(t.type(), to, out);
  }

  private static int[] join(int[] a, int[] b) {
    return IntStream.concat(IntStream.of(a), IntStream.of(b)).toArray();
  }

  private static <A> double sum(Kernels<A> kernels, int n, A x, int from) {
    double total = 0;
    for (int i = 0; i < n; i += BLOCK) {
      total += kernels.sum(Math.min(BLOCK, n - i), x, from + i);
    }
    return total;
  }

  private static <A> void addRows(Elements<A> e, A x, int from, int rows, int n, A out) {
    Team.Job columns =
        part -> {
          int at = part * COLUMNS;
          int width = Math.min(COLUMNS, n - at);
          A block = e.allocate(width);
          for (int i = 0; i < rows; i += ROWS) {
            e.copy(width, x, from + i * n + at, 1, block, 0, 1);
            for (int r = i + 1; r < Math.min(rows, i + ROWS); r++) {
              add(e, width, x, from + r * n + at, block, 0);
            }
            add(e, width, block, 0, out, at);
          }
        };
    int parts = (n + COLUMNS - 1) / COLUMNS;
    if ((long) rows * n < 1 << 16) {
      for (int part = 0; part < parts; part++) {
        columns.run(part);
      }
    } else {
      Team.run(parts, columns);
    }
  }

  private static <A> void add(Elements<A> e, int n, A x, int from, A to, int at) {
    e.kernels().elementwise(ADD, n, x, from, to, at, x, from, to, at);
  }

  /**
   * Returns the sum of the squares of all elements, added in double precision in one order,
   * whatever the number of threads.
   */
  public static double sumOfSquares(Tensor t) {
    Tensor.floating("sumOfSquares", t);
    return sumOfSquares(Tensor.elements(t.type()), t.contiguous());
  }

  private static <A> double sumOfSquares(Elements<A> e, Tensor t) {
    int n = t.shape().size();
    A x = Tensor.array(e, t);
    int offset = t.layout().offset();
    double[] sums = new double[(n + PART - 1) / PART];
    Team.run(
        sums.length,
        part -> {
          double s = 0;
          for (int i = part * PART; i < Math.min(n, (part + 1) * PART); i += BLOCK) {
            s += e.kernels().sumOfSquares(Math.min(BLOCK, n - i), x, offset + i);
          }
          sums[part] = s;
        });
    double total = 0;
    for (double s : sums) {
      total += s;
    }
    return total;
  }

  /** Returns the largest along the last axis, which disappears; NaN if one is NaN. */
  public static Tensor max(Tensor t) {
    Tensor.floating("max", t);
    return max(Tensor.elements(t.type()), t.contiguous());
  }

  private static <A> Tensor max(Elements<A> e, Tensor t) {
    Shape to = t.shape().without(-1);
    int n = t.shape().dim(-1);
    A out = e.allocate(to.size());
    for (int i = 0; i < to.size(); i++) {
      e.set(out, i, e.kernels().max(n, Tensor.array(e, t), t.layout().offset() + i * n));
    }
    return Tensor.dense(t.type(), to, out);
  }

  /**
   * Returns where the largest element along the last axis is: int32, the first of several.
   *
   * @throws IllegalArgumentException if the last axis is empty
   */
  public static Tensor argMax(Tensor t) {
    int n = t.shape().dim(-1);
    if (n == 0) {
      throw new IllegalArgumentException("[argMax] the last axis of " + t.shape() + " is empty");
    }
    double[] x = t.toDoubles();
    Shape to = t.shape().without(-1);
    int[] best = new int[to.size()];
    for (int i = 0; i < best.length; i++) {
      for (int j = 1; j < n; j++) {
        if (x[i * n + j] > x[i * n + best[i]]) {
          best[i] = j;
        }
      }
    }
    return Tensor.of(to, best);
  }
}
