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
  static void columns(RowMajor in, int from, int end, Columns work) {
    int n = in.columns();
    int parts = parts(in, from, end);
    Team.run(
        parts,
        part -> {
          int first = (int) ((long) n * part / parts);
          work.run(first, (int) ((long) n * (part + 1) / parts) - first);
        });
  }

  /** Returns the number of parts that the columns of some steps are divided into. */
  static int parts(RowMajor in, int from, int end) {
    long elements = (long) (end - from) * in.rows() * in.columns();
    return elements < ALONE ? 1 : Math.clamp(in.columns() / 64, 1, Team.size());
  }

  /** Returns the sum of {@code left' right}. */
  static Accumulate outer(Values values, int left, int right, int to) {
    AllSteps a = values.allSteps(left, values.dims(left));
    AllSteps b = values.allSteps(right, values.dims(right));
    return a != null && b != null
        ? new Outer(a, b, to)
        : new OuterByStep(values.operand(left), values.operand(right), to);
  }

  /** Adds {@code A' B} to a dense sum {@code [columns of A, columns of B]}. */
  private static <A> void product(
      Elements<A> e, Matrix<A> a, int m, Matrix<A> b, int n, int rows, A sum) {
    Matrix<A> c = new Matrix<>(sum, 0, n, 1);
    Product.run(e, m, n, rows, c, a.transposed(), b, c);
  }

  /**
   * {@code sum A' B}, the gradient of a weight, as one product over all steps of a block.
   *
   * @param left A
   * @param right B
   * @param to the index of the accumulator
   */
  record Outer(AllSteps left, AllSteps right, int to) implements Accumulate {
    @Override
    public <A> void add(Workspace<A> w, int from, int end) {
      int rows = (end - from) * right.rows();
      Matrix<A> a = w.matrix(left, from);
      Matrix<A> b = w.matrix(right, from);
      product(w.elements, a, left.columns(), b, right.columns(), rows, w.array(to));
    }
  }

  /** The same step by step, if the rows of all steps are not evenly spaced. */
  record OuterByStep(Operand left, Operand right, int to) implements Accumulate {
    @Override
    public <A> void add(Workspace<A> w, int from, int end) {
      int m = left.layout().dim(1);
      int n = right.layout().dim(1);
      int rows = right.layout().dim(0);
      for (int t = from; t < end; t++) {
        product(w.elements, w.matrix(left, t), m, w.matrix(right, t), n, rows, w.array(to));
      }
    }
  }

  /** The sum of all rows: the gradient of a bias. */
  record Rows(RowMajor in, int to) implements Accumulate {
    @Override
    public <A> void add(Workspace<A> w, int from, int end) {
      columns(in, from, end, (first, n) -> add(w, from, end, first, n));
    }

    private <A> void add(Workspace<A> w, int from, int end, int first, int n) {
      A x = w.array(in.location());
      A sum = w.array(to);
      for (int t = from; t < end; t++) {
        int at = w.offset(in.location(), t) + first;
        for (int r = 0; r < in.rows(); r++) {
          w.elements.add(n, x, at + r * in.rowStride(), sum, first);
        }
      }
    }
  }

  /** The elementwise sum. */
  record Each(RowMajor in, int to) implements Accumulate {
    @Override
    public <A> void add(Workspace<A> w, int from, int end) {
      Elements<A> e = w.elements;
      A x = w.array(in.location());
      A sum = w.array(to);
      for (int t = from; t < end; t++) {
        int at = w.offset(in.location(), t);
        for (int r = 0; r < in.rows(); r++) {
          e.add(in.columns(), x, at + r * in.rowStride(), sum, r * in.columns());
        }
      }
    }
  }

  /** Rows added to the rows of a table that they were gathered from. */
  record Scatter(RowMajor in, int ids, int to) implements Accumulate {
    @Override
    public <A> void add(Workspace<A> w, int from, int end) {
      columns(in, from, end, (first, n) -> add(w, from, end, first, n));
    }

    private <A> void add(Workspace<A> w, int from, int end, int first, int n) {
      A x = w.array(in.location());
      A sum = w.array(to);
      int[] id = w.ids(ids);
      for (int t = from; t < end; t++) {
        int at = w.offset(in.location(), t) + first;
        for (int r = 0; r < in.rows(); r++) {
          int row = id[t * in.rows() + r] * in.columns();
          w.elements.add(n, x, at + r * in.rowStride(), sum, row + first);
        }
      }
    }
  }
}
