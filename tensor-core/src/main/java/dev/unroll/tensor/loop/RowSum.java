package dev.unroll.tensor.loop;

import java.util.List;

/** The sum of each row. */
record RowSum(RowMajor in, RowMajor to) implements Task {
  @Override
  public int rows() {
    return to.rows();
  }

  @Override
  public List<? extends Operand> writes() {
    return List.of(to);
  }

  /** Empty: a row-major operand is aligned. */
  @Override
  public List<? extends Operand> reads() {
    return List.of();
  }

  @Override
  public <A> void run(Workspace<A> w, RowRange<A> range, int t) {
    A x = w.array(in.location());
    int from = w.offset(in.location(), t);
    A y = w.array(to.location());
    int target = w.offset(to.location(), t);
    for (int r = range.from; r < range.to; r++) {
      double sum = w.elements.kernels().sum(in.columns(), x, from + r * in.rowStride());
      w.elements.set(y, target + r * to.rowStride(), sum);
    }
  }
}
