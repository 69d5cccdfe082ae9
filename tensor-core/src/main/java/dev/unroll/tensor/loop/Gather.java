package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Elements;
import java.util.List;

/**
 * Gathers rows of a table by a sequence of ids.
 *
 * @param ids the index of the sequence of ids
 */
record Gather(RowMajor table, int ids, RowMajor to) implements Task {
  @Override
  public int rows() {
    return to.rows();
  }

  @Override
  public List<? extends Operand> writes() {
    return List.of(to);
  }

  /** Rows of the table are read in any order, and it is not a value of this step. */
  @Override
  public List<? extends Operand> reads() {
    return List.of();
  }

  @Override
  public <A> void run(Workspace<A> w, RowRange<A> range, int t) {
    Elements<A> e = w.elements;
    A from = w.array(table.location());
    int first = w.offset(table.location(), t);
    A y = w.array(to.location());
    int target = w.offset(to.location(), t);
    int[] id = w.ids(ids);
    int n = to.columns();
    for (int r = range.from; r < range.to; r++) {
      int at = first + id[t * to.rows() + r] * table.rowStride();
      e.copy(n, from, at, 1, y, target + r * to.rowStride(), 1);
    }
  }
}
