package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.kernel.Right;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code C = D + A B}, with B the same at all steps and packed.
 *
 * @param addend D, broadcast over rows; null if C holds it already
 * @param zero whether D is zero
 * @param right which of the packed matrices
 * @param <A> the array type
 */
record Multiply<A>(@Nullable Place addend, boolean zero, Place left, int right, RowMajor to)
    implements Task<A> {

  @Override
  public int rows() {
    return to.rows();
  }

  @Override
  public List<Place> writes() {
    return List.of(to.place());
  }

  @Override
  public List<Place> reads() {
    return addend == null ? List.of(left) : List.of(left, addend);
  }

  @Override
  public void run(Frame<A> f, Lane<A> lane, int t) {
    multiply(f, t, f.right(right, t), lane.from, lane.to);
  }

  @Override
  public void run(Frame<A> f, Lane<A> lane, int from, int to) {
    // One step, as of a session, makes no objects.
    if (to - from > 1 && isDoneAtOnce(f, from, to)) {
      return;
    }
    for (int t = from; t < to; t++) {
      multiply(f, t, f.right(right, t), 0, this.to.rows());
    }
  }

  private boolean isDoneAtOnce(Frame<A> f, int from, int end) {
    Matrix<A> c = f.allSteps(to.place(), from);
    Matrix<A> a = f.allSteps(left, from);
    Matrix<A> d = zero ? Product.zero(f.elements) : addend == null ? c : f.allSteps(addend, from);
    if (a == null || c == null || d == null) {
      return false;
    }
    Product.run(f.elements, (end - from) * to.rows(), d, a, f.packed(right), c);
    return true;
  }

  private void multiply(Frame<A> f, int t, Right<A> b, int from, int end) {
    int n = to.columns();
    A c = to.array(f);
    int at = to.offset(f, t) + from * to.rowStride();
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
