package dev.unroll.tensor.loop;

import java.util.List;

/**
 * The sum of each row.
 *
 * @param <A> the array type
 */
record RowSum<A>(RowMajor in, RowMajor to) implements Task<A> {
  @Override
  public int rows() {
    return to.rows();
  }

  @Override
  public List<Place> writes() {
    return List.of(to.place());
  }

  @Override
  public List<Place> reads() {
    return List.of(in.place());
  }

  @Override
  public void run(Frame<A> f, Lane<A> lane, int t) {
    A x = in.array(f);
    int from = in.offset(f, t);
    A y = to.array(f);
    int target = to.offset(f, t);
    for (int r = lane.from; r < lane.to; r++) {
      double sum = f.elements.kernels().sum(in.columns(), x, from + r * in.rowStride());
      f.elements.set(y, target + r * to.rowStride(), sum);
    }
  }
}
