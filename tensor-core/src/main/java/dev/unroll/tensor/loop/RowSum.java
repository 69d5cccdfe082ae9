package dev.unroll.tensor.loop;

/**
 * The sum of each row.
 *
 * @param <A> the array type
 */
record RowSum<A>(Place in, Place to) implements Task<A> {
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
      double sum = f.elements.kernels().sum(in.columns(), x, from + r * in.rowStride());
      f.elements.set(y, target + r * to.rowStride(), sum);
    }
  }
}
