package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.kernel.Right;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code C = D + A B}, with B loop-invariant and packed.
 *
 * @param addend D, broadcast over rows; null if C contains it already
 * @param zero whether D is zero
 * @param right the index of the packed matrix
 */
record Multiply(@Nullable Operand addend, boolean zero, Operand left, int right, RowMajor to)
    implements Task {

  @Override
  public int rows() {
    return to.rows();
  }

  @Override
  public List<Operand> writes() {
    return List.of(to.place());
  }

  @Override
  public List<Operand> reads() {
    return addend == null ? List.of(left) : List.of(left, addend);
  }

  @Override
  public <A> void run(Workspace<A> w, RowRange<A> range, int t) {
    multiply(w, t, w.right(right, t), range.from, range.to);
  }

  @Override
  public <A> void run(Workspace<A> w, RowRange<A> range, int from, int to) {
    // A single step, as in a session, allocates nothing.
    if (to - from > 1 && isDoneAtOnce(w, from, to)) {
      return;
    }
    for (int t = from; t < to; t++) {
      multiply(w, t, w.right(right, t), 0, this.to.rows());
    }
  }

  private <A> boolean isDoneAtOnce(Workspace<A> w, int from, int end) {
    Matrix<A> c = w.allSteps(to.place(), from);
    Matrix<A> a = w.allSteps(left, from);
    Matrix<A> d = zero ? Product.zero(w.elements) : addend == null ? c : w.allSteps(addend, from);
    if (a == null || c == null || d == null) {
      return false;
    }
    Product.run(w.elements, (end - from) * to.rows(), d, a, w.packed(right), c);
    return true;
  }

  private <A> void multiply(Workspace<A> w, int t, Right<A> b, int from, int end) {
    int n = to.columns();
    A c = to.array(w);
    int at = to.offset(w, t) + from * to.rowStride();
    if (zero) {
      for (int r = from; r < end; r++) {
        w.elements.fill(c, at + (r - from) * to.rowStride(), n, 0);
      }
    } else if (addend != null) {
      A d = w.array(addend);
      int start = w.offset(addend, t);
      for (int r = from; r < end; r++) {
        int row = start + r * addend.rowStride();
        w.elements.copy(n, d, row, addend.columnStride(), c, at + (r - from) * to.rowStride(), 1);
      }
    }
    int a = w.offset(left, t) + from * left.rowStride();
    int step = left.columnStride();
    int lda = left.rowStride();
    Product.run(w.elements, end - from, w.array(left), a, lda, step, b, c, at, to.rowStride());
  }
}
