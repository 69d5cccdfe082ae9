package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.kernel.Team;

/** A sum over all steps, accumulated block by block in the order of the sweep. */
sealed interface Accumulate {
  /** Adds what steps {@code from} to {@code end}, exclusive, contribute. */
  <A> void add(Workspace<A> w, int from, int end);

  /** An operation on columns {@code first} to {@code first + n}, exclusive. */
  @FunctionalInterface
  interface Columns {
    void run(int first, int n);
  }

  /** Fewer elements than this are not worth another thread. */
  int ALONE = 1 << 16;

  /** Divides the columns among threads, which preserves the order of additions to each element. */
  static void columns(RowMajor in, int steps, Columns work) {
    int n = in.columns();
    long all = (long) steps * in.rows() * n;
    int parts = all < ALONE ? 1 : Math.clamp(n / 64, 1, Team.size());
    Team.run(
        parts,
        part -> {
          int first = (int) ((long) n * part / parts);
          work.run(first, (int) ((long) n * (part + 1) / parts) - first);
        });
  }

  /**
   * {@code sum A' B}: the gradient of a weight.
   *
   * @param left A
   * @param right B
   * @param to the accumulator
   */
  record Outer(Operand left, Operand right, Operand to) implements Accumulate {
    @Override
    public <A> void add(Workspace<A> w, int from, int end) {
      int rows = right.rows();
      Matrix<A> a = w.allSteps(left, from);
      Matrix<A> b = w.allSteps(right, from);
      if (a != null && b != null) {
        product(w, (end - from) * rows, a, b);
      } else {
        for (int t = from; t < end; t++) {
          product(w, rows, w.matrix(left, t), w.matrix(right, t));
        }
      }
    }

    private <A> void product(Workspace<A> w, int rows, Matrix<A> a, Matrix<A> b) {
      int n = right.columns();
      Matrix<A> c = new Matrix<>(w.array(to), 0, n, 1);
      Product.run(w.elements, left.columns(), n, rows, c, a.transposed(), b, c);
    }
  }

  /** The sum of all rows: the gradient of a bias. */
  record Rows(RowMajor in, Operand to) implements Accumulate {
    @Override
    public <A> void add(Workspace<A> w, int from, int end) {
      columns(in, end - from, (first, n) -> add(w, from, end, first, n));
    }

    private <A> void add(Workspace<A> w, int from, int end, int first, int n) {
      A x = in.array(w);
      A sum = w.array(to);
      for (int t = from; t < end; t++) {
        int at = in.offset(w, t) + first;
        for (int r = 0; r < in.rows(); r++) {
          w.elements.add(n, x, at + r * in.rowStride(), sum, first);
        }
      }
    }
  }

  /** The elementwise sum. */
  record Each(RowMajor in, Operand to) implements Accumulate {
    @Override
    public <A> void add(Workspace<A> w, int from, int end) {
      Elements<A> e = w.elements;
      A x = in.array(w);
      A sum = w.array(to);
      for (int t = from; t < end; t++) {
        int at = in.offset(w, t);
        for (int r = 0; r < in.rows(); r++) {
          e.add(in.columns(), x, at + r * in.rowStride(), sum, r * in.columns());
        }
      }
    }
  }

  /** Rows added to the rows of a table that they were gathered from. */
  record Scatter(RowMajor in, int ids, Operand to) implements Accumulate {
    @Override
    public <A> void add(Workspace<A> w, int from, int end) {
      columns(in, end - from, (first, n) -> add(w, from, end, first, n));
    }

    private <A> void add(Workspace<A> w, int from, int end, int first, int n) {
      A x = in.array(w);
      A sum = w.array(to);
      for (int t = from; t < end; t++) {
        int at = in.offset(w, t) + first;
        for (int r = 0; r < in.rows(); r++) {
          int row = w.ids(ids)[t * in.rows() + r] * in.columns();
          w.elements.add(n, x, at + r * in.rowStride(), sum, row + first);
        }
      }
    }
  }
}
