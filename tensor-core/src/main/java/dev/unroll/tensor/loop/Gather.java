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
  public List<Operand> writes() {
    return List.of(to.place());
  }

  /** Rows of the table are read in any order, and it is not a value of this step. */
  @Override
  public List<Operand> reads() {
    return List.of();
  }

  @Override
  public <A> void run(Workspace<A> w, RowRange<A> range, int t) {
    Elements<A> e = w.elements;
    A from = table.array(w);
    int first = table.offset(w, t);
    A y = to.array(w);
    int target = to.offset(w, t);
    for (int r = range.from; r < range.to; r++) {
      int id = w.ids(ids)[t * to.rows() + r];
      e.copy(
          to.columns(), from, first + id * table.rowStride(), 1, y, target + r * to.rowStride(), 1);
    }
  }
}
