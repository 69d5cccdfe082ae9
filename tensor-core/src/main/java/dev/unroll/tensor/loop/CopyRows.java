package dev.unroll.tensor.loop;

import java.util.List;

/** A copy of rows and columns. */
record CopyRows(Operand in, Operand to) implements Task {
  @Override
  public int rows() {
    return to.rows();
  }

  @Override
  public List<Operand> writes() {
    return List.of(to);
  }

  @Override
  public List<Operand> reads() {
    return List.of(in);
  }

  @Override
  public <A> void run(Workspace<A> w, RowRange<A> range, int t) {
    A x = w.array(in);
    int from = w.offset(in, t);
    A y = w.array(to);
    int target = w.offset(to, t);
    for (int r = range.from; r < range.to; r++) {
      w.elements.copy(
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
