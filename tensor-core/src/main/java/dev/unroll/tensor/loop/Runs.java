package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.kernel.Walk;
import java.util.List;

/**
 * A copy between layouts of any rank, run by run.
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
    Walk walk = new Walk(source, source, target);
    length = walk.length();
    inStride = walk.stride(0);
    toStride = walk.stride(1);
    from = new int[walk.rows()];
    at = new int[from.length];
    for (int r = 0; r < from.length; r++) {
      from[r] = walk.offset(0, r) - source.offset();
      at[r] = walk.offset(1, r) - target.offset();
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
