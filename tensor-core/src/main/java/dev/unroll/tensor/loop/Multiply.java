package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.kernel.Right;
import org.jspecify.annotations.Nullable;

/**
 * {@code C = D + A B}, with B the same at all steps and packed.
 *
 * @param addend D, broadcast over rows; null if C holds it already
 * @param zero whether D is zero
 * @param right which of the packed matrices
 * @param <A> the array type
 */
record Multiply<A>(@Nullable Place addend, boolean zero, Place left, int right, Place to)
    implements Task<A> {

  @Override
  public int rows() {
    return to.rows();
  }

  @Override
  public void run(Frame<A> f, Lane<A> lane, int t) {
    multiply(f, t, f.right(right, t), lane.from, lane.to);
  }

  @Override
  public void run(Frame<A> f, Lane<A> lane, int from, int to) {
    // One step, as of a session, makes no objects.
    if (to - from > 1 && f.isMatrix(left) && f.isMatrix(this.to) && addendIsConstant()) {
      Matrix<A> c = f.matrix(this.to, from);
      Matrix<A> start =
          zero ? Product.zero(f.elements) : addend == null ? c : f.matrix(addend, from);
      int rows = (to - from) * this.to.rows();
      Product.run(f.elements, rows, start, f.matrix(left, from), f.packed(right), c);
    } else {
      for (int t = from; t < to; t++) {
        multiply(f, t, f.right(right, t), 0, this.to.rows());
      }
    }
  }

  private boolean addendIsConstant() {
    return addend == null || addend.rowStride() == 0;
  }

  private void multiply(Frame<A> f, int t, Right<A> b, int from, int end) {
    int n = to.columns();
    A c = f.array(to);
    int at = f.offset(to, t) + from * to.rowStride();
    if (zero) {
      for (int r = from; r < end; r++) {
        f.elements.fill(c, at + (r - from) * to.rowStride(), n, 0);
      }
    } else if (addend != null) {
      A d = f.array(addend);
      int start = f.offset(addend, t);
      for (int r = from; r < end; r++) {
        int row = start + r * addend.rowStride();
        f.elements.copy(n, d, row, addend.columnStride(), c, at + (r - from) * to.rowStride(), 1);
      }
    }
    int a = f.offset(left, t) + from * left.rowStride();
    int step = left.columnStride();
    int lda = left.rowStride();
    Product.run(f.elements, end - from, f.array(left), a, lda, step, b, c, at, to.rowStride());
  }
}
