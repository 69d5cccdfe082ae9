package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;
import java.util.List;

/**
 * A copy between layouts of any rank, run by run of the last axis.
 *
 * @param <A> the array type
 */
final class Runs<A> implements Task<A> {
  private final Place in;
  private final Place to;
  private final int[] from; // [run]: after the beginning of the source
  private final int[] at; // [run]: after the beginning of the target
  private final int length;
  private final int inStride;
  private final int toStride;

  private Runs(Place in, Layout source, Place to, Layout target) {
    this.in = in;
    this.to = to;
    int last = source.rank() - 1;
    length = source.dim(last);
    inStride = source.stride(last);
    toStride = target.stride(last);
    from = new int[source.size() / length];
    at = new int[from.length];
    for (int r = 0; r < from.length; r++) {
      int rest = r;
      for (int axis = last - 1; axis >= 0; axis--) {
        int i = rest % source.dim(axis);
        rest /= source.dim(axis);
        from[r] += i * source.stride(axis);
        at[r] += i * target.stride(axis);
      }
    }
  }

  /** Returns the copy of a layout that begins at a place to one of the same sizes at another. */
  static <A> Runs<A> of(Place in, Layout source, Place to, Layout target) {
    return new Runs<>(in, source, to, target);
  }

  @Override
  public int rows() {
    return -1;
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
    A y = f.array(to);
    int source = f.offset(in, t);
    int target = f.offset(to, t);
    for (int r = 0; r < from.length; r++) {
      f.elements.copy(length, x, source + from[r], inStride, y, target + at[r], toStride);
    }
  }
}
