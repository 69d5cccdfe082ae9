package dev.unroll.tensor.loop;

/**
 * A copy.
 *
 * @param <A> the array type
 */
record Move<A>(Place in, Place to) implements Task<A> {
  @Override
  public int rows() {
    return to.rows();
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
