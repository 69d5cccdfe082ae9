package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Elements;
import java.util.List;

/**
 * Rows of a table by number, the numbers those of a sequence.
 *
 * @param ids which of the sequences of numbers
 * @param <A> the array type
 */
record Lookup<A>(RowMajor table, int ids, RowMajor to) implements Task<A> {

  @Override
  public int rows() {
    return to.rows();
  }

  @Override
  public List<Place> writes() {
    return List.of(to.place());
  }

  /** Rows of the table are read in any order: it is no value of this step. */
  @Override
  public List<Place> reads() {
    return List.of();
  }

  @Override
  public void run(Frame<A> f, Lane<A> lane, int t) {
    Elements<A> e = f.elements;
    A from = table.array(f);
    int first = table.offset(f, t);
    A y = to.array(f);
    int target = to.offset(f, t);
    for (int r = lane.from; r < lane.to; r++) {
      int id = f.ids[ids][t * to.rows() + r];
      e.copy(
          to.columns(), from, first + id * table.rowStride(), 1, y, target + r * to.rowStride(), 1);
    }
  }
}
