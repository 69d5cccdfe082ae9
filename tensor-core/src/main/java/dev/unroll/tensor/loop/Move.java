package dev.unroll.tensor.loop;

import java.util.List;

/**
 * A copy of rows and columns.
 *
 * @param <A> the array type
 */
record Move<A>(Place in, Place to) implements Task<A> {
  @Override
  public int rows() {
    return to.rows();
  }

  @Override
  public List<Place> writes() {
    return List.of(to);
  }

  @Override
  public List<Place> reads() {
    return List.of(in);
  }

  @Override
  public void run(Frame<A> f, Lane<A> lane, int t) {
    A x = f.array(in);
    int from = f.offset(in, t);
    A y = f.array(to);
    int target = f.offset(to, t);
    for (int r = lane.from; r < lane.to; r++) {
      f.elements.copy(
          to.columns(),
          x,
          from + r * in.rowStride(),
          in.columnStride(),
          y,
          target + r * to.rowStride(),
          to.columnStride());
    }
  }
}
