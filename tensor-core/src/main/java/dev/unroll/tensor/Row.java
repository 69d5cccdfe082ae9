package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Team;
import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;

/**
 * The kernels over rows of {@code n} elements, for computations row by row: the result of a row
 * depends only on that row, not on other rows or threads.
 */
record Row<A>(Elements<A> elements, Kernels<A> kernels, int n) {
  /**
   * The number of terms added in the tensor's precision; sums of blocks are added in double
   * precision.
   */
  static final int BLOCK = 1024;

  /** The number of rows of one thread's part. */
  private static final int ROWS = 16;

  /** Below this number of elements, waking other threads costs more than it saves. */
  private static final int ALONE = 1 << 14;

  static <A> Row<A> of(Elements<A> e, int n) {
    return new Row<>(e, e.kernels(), n);
  }

  /** Runs a job for each row. */
  void each(int rows, Team.Job row) {
    run(
        Math.ceilDiv(rows, ROWS),
        (long) rows * n,
        part -> {
          int from = part * ROWS;
          for (int i = from; i < from + Math.min(ROWS, rows - from); i++) {
            row.run(i);
          }
        });
  }

  /** Runs the parts of a job, on one thread if there are few elements. */
  static void run(int parts, long elements, Team.Job job) {
    if (elements < ALONE) {
      for (int part = 0; part < parts; part++) {
        job.run(part);
      }
    } else {
      Team.run(parts, job);
    }
  }

  /** Returns the sum: -0 if all elements are -0, 0 if there are none. */
  double sum(A x, int from) {
    double total = n == 0 ? 0 : -0.0;
    for (int i = 0; i < n; i += BLOCK) {
      total += kernels.sum(Math.min(BLOCK, n - i), x, from + i);
    }
    return total;
  }

  /** Returns the maximum, ignoring NaN; negative infinity if there are no elements. */
  double max(A x, int from) {
    return kernels.max(n, x, from);
  }

  /** Writes {@code scale x + shift}. */
  void affine(A x, int from, double scale, double shift, A out, int at) {
    Instruction i = new Instruction(Code.AFFINE, 0, -1, -1, scale, shift);
    kernels.elementwise(i, n, x, from, x, from, x, from, out, at);
  }

  /** Applies an operation of two operands. */
  void apply(Code code, A a, int ao, A b, int bo, A out, int at) {
    Instruction i = new Instruction(code, 0, 1, -1, 1, 0);
    kernels.elementwise(i, n, a, ao, b, bo, a, ao, out, at);
  }

  /**
   * Returns the maximum or minimum by halving: the halves are combined element by element.
   *
   * @param code {@link Code#MAX} or {@link Code#MIN}
   * @param none the result of an empty row
   */
  double extreme(Code code, double none, A x, int from) {
    if (n == 0) {
      return none;
    }
    A half = elements.scratch().take(n);
    elements.copy(n, x, from, 1, half, 0, 1);
    for (int left = n; left > 1; ) {
      int keep = (left + 1) / 2;
      new Row<>(elements, kernels, left - keep).apply(code, half, 0, half, keep, half, 0);
      left = keep;
    }
    double extreme = elements.get(half, 0);
    elements.scratch().give(half);
    return extreme;
  }
}
