package dev.unroll.tensor.loop;

import java.util.List;

/** The sum of each row. */
record RowSum(RowMajor in, RowMajor to) implements Task {
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
    return List.of(in.place());
  }

  @Override
  public <A> void run(Workspace<A> w, RowRange<A> range, int t) {
    A x = in.array(w);
    int from = in.offset(w, t);
    A y = to.array(w);
    int target = to.offset(w, t);
    for (int r = range.from; r < range.to; r++) {
      double sum = w.elements.kernels().sum(in.columns(), x, from + r * in.rowStride());
      w.elements.set(y, target + r * to.rowStride(), sum);
    }
  }
}
