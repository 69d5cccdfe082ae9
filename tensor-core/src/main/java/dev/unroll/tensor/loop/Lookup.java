package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Elements;

/**
 * Rows of a table by number, the numbers those of a sequence.
 *
 * @param ids which of the sequences of numbers
 * @param <A> the array type
 */
record Lookup<A>(Place table, int ids, Place to) implements Task<A> {

  @Override
  public int rows() {
    return to.rows();
  }

  @Override
  public void run(Frame<A> f, Lane<A> lane, int t) {
    Elements<A> e = f.elements;
    A from = f.array(table);
    int first = f.offset(table, t);
    A y = f.array(to);
    int target = f.offset(to, t);
    for (int r = lane.from; r < lane.to; r++) {
      int id = f.ids[ids][t * to.rows() + r];
      e.copy(
          to.columns(), from, first + id * table.rowStride(), 1, y, target + r * to.rowStride(), 1);
    }
  }
}
