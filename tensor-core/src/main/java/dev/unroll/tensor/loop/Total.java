package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Product;

/**
 * A sum over all steps, added up block by block, the block that comes first in the sweep first.
 *
 * @param <A> the array type
 */
sealed interface Total<A> {
  /** Returns where the sum lies. */
  Place to();

  /** Adds what steps {@code from} to {@code end}, exclusive, contribute. */
  void add(Frame<A> f, int from, int end);

  /** {@code sum A' B}: what a weight's gradient is. */
  record Outer<A>(Place left, Place right, Place to) implements Total<A> {
    @Override
    public void add(Frame<A> f, int from, int end) {
      if (f.isMatrix(left) && f.isMatrix(right)) {
        product(f, from, (end - from) * left.rows());
      } else {
        for (int t = from; t < end; t++) {
          product(f, t, left.rows());
        }
      }
    }

    private void product(Frame<A> f, int t, int rows) {
      Product.Matrix<A> a =
          new Product.Matrix<>(
              f.array(left), f.offset(left, t), left.rowStride(), left.columnStride());
      Product.Matrix<A> b =
          new Product.Matrix<>(
              f.array(right), f.offset(right, t), right.rowStride(), right.columnStride());
      Product.Matrix<A> c = new Product.Matrix<>(f.array(to), 0, right.columns(), 1);
      Product.run(f.elements, left.columns(), right.columns(), rows, a.transposed(), b, c);
    }
  }

  /** The sum of all rows: what a bias's gradient is. */
  record Rows<A>(Place in, Place to) implements Total<A> {
    @Override
    public void add(Frame<A> f, int from, int end) {
      Elements<A> e = f.elements;
      A x = f.array(in);
      A sum = f.array(to);
      for (int t = from; t < end; t++) {
        int at = f.offset(in, t);
        for (int r = 0; r < in.rows(); r++) {
          e.add(in.columns(), x, at + r * in.rowStride(), sum, 0);
        }
      }
    }
  }

  /** The sum of values, each in its own place. */
  record Each<A>(Place in, Place to) implements Total<A> {
    @Override
    public void add(Frame<A> f, int from, int end) {
      Elements<A> e = f.elements;
      A x = f.array(in);
      A sum = f.array(to);
      for (int t = from; t < end; t++) {
        int at = f.offset(in, t);
        for (int r = 0; r < in.rows(); r++) {
          e.add(in.columns(), x, at + r * in.rowStride(), sum, r * in.columns());
        }
      }
    }
  }

  /** Rows added to those of a table that they were read from. */
  record Scatter<A>(Place in, int ids, Place to) implements Total<A> {
    @Override
    public void add(Frame<A> f, int from, int end) {
      Elements<A> e = f.elements;
      A x = f.array(in);
      A sum = f.array(to);
      for (int t = from; t < end; t++) {
        int at = f.offset(in, t);
        for (int r = 0; r < in.rows(); r++) {
          int id = f.ids[ids][t * in.rows() + r];
          e.add(in.columns(), x, at + r * in.rowStride(), sum, id * in.columns());
        }
      }
    }
  }
}
