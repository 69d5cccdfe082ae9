package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.kernel.Right;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code C = D + A B}, with B loop-invariant and packed. */
final class Multiply implements Task {
  private final Addend addend;
  private final Operand left;
  private final int right;
  private final RowMajor to;
  private final @Nullable AtOnce atOnce;
  private final int leftRow; // distance of rows in elements
  private final int leftColumn;

  /** The addend D. */
  sealed interface Addend permits Zero, Result, Of {}

  /** Nothing is added. */
  record Zero() implements Addend {}

  /** C contains it already. */
  record Result() implements Addend {}

  /**
   * An operand with the sizes of C.
   *
   * @param all all steps of it, or null if they are not evenly spaced
   */
  record Of(Operand operand, @Nullable AllSteps all) implements Addend {}

  /**
   * The operands of all steps, if one product can compute them.
   *
   * @param addend null for zero
   */
  private record AtOnce(@Nullable AllSteps addend, AllSteps left, AllSteps to) {
    /** Returns the operands of all steps, or null if the rows of one are not evenly spaced. */
    static @Nullable AtOnce of(Addend d, @Nullable AllSteps left, @Nullable AllSteps to) {
      if (left == null || to == null) {
        return null;
      }
      return switch (d) {
        case Zero z -> new AtOnce(null, left, to);
        case Result r -> new AtOnce(to, left, to);
        case Of o -> o.all == null ? null : new AtOnce(o.all, left, to);
      };
    }
  }

  /**
   * Creates the task.
   *
   * @param left {@code [rows, k]}
   * @param allLeft all steps of it, or null if they are not evenly spaced
   * @param right the index of the packed matrix
   * @param allTo all steps of the result, or null
   */
  Multiply(
      Addend addend,
      Operand left,
      @Nullable AllSteps allLeft,
      int right,
      RowMajor to,
      @Nullable AllSteps allTo) {
    this.addend = addend;
    this.left = left;
    this.right = right;
    this.to = to;
    atOnce = AtOnce.of(addend, allLeft, allTo);
    leftRow = left.layout().stride(0);
    leftColumn = left.layout().stride(1);
  }

  /** Returns the number of elements of B. */
  long weights() {
    return (long) left.layout().dim(1) * to.columns();
  }

  @Override
  public int rows() {
    return to.rows();
  }

  @Override
  public List<? extends Operand> writes() {
    return List.of(to);
  }

  @Override
  public List<? extends Operand> reads() {
    return addend instanceof Of d ? List.of(left, d.operand) : List.of(left);
  }

  @Override
  public <A> void run(Workspace<A> w, RowRange<A> range, int t) {
    multiply(w, t, w.right(right, t), range.from, range.to);
  }

  /** Runs steps {@code from} to {@code end}, exclusive, which do not depend on one another. */
  <A> void run(Workspace<A> w, int from, int end) {
    if (atOnce == null || end - from == 1) { // A single step, as in a session, allocates nothing.
      for (int t = from; t < end; t++) {
        multiply(w, t, w.right(right, t), 0, to.rows());
      }
      return;
    }
    Matrix<A> c = w.matrix(atOnce.to, from);
    Matrix<A> d = atOnce.addend == null ? Product.zero(w.elements) : w.matrix(atOnce.addend, from);
    int rows = (end - from) * to.rows();
    Product.run(w.elements, rows, d, w.matrix(atOnce.left, from), w.packed(right), c);
  }

  private <A> void multiply(Workspace<A> w, int t, Right<A> b, int from, int end) {
    A c = w.array(to.location());
    int at = w.offset(to.location(), t) + from * to.rowStride();
    begin(w, t, from, end, c, at);
    A a = w.array(left.location());
    int first = w.offset(left.location(), t) + from * leftRow;
    Product.run(w.elements, end - from, a, first, leftRow, leftColumn, b, c, at, to.rowStride());
  }

  private <A> void begin(Workspace<A> w, int t, int from, int end, A c, int at) {
    Elements<A> e = w.elements;
    int n = to.columns();
    switch (addend) {
      case Zero z -> {
        for (int r = from; r < end; r++) {
          e.fill(c, at + (r - from) * to.rowStride(), n, 0);
        }
      }
      case Result r -> {}
      case Of d -> {
        Layout l = d.operand.layout();
        A x = w.array(d.operand.location());
        int start = w.offset(d.operand.location(), t);
        for (int r = from; r < end; r++) {
          int row = start + r * l.stride(0);
          e.copy(n, x, row, l.stride(1), c, at + (r - from) * to.rowStride(), 1);
        }
      }
    }
  }
}
