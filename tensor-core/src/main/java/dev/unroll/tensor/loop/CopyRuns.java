package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.kernel.Walk;
import java.util.List;

/** A copy between layouts of any rank, run by run. */
final class CopyRuns implements Task {
  private final Operand in;
  private final Operand to;
  private final int[] from; // [run]: offset from the start of the source
  private final int[] at; // [run]: offset from the start of the target
  private final int length;
  private final int inStride;
  private final int toStride;

  private CopyRuns(Operand in, Layout source, Operand to, Layout target) {
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
  static CopyRuns of(Operand in, Layout source, Operand to, Layout target) {
    return new CopyRuns(in, source, to, target);
  }

  @Override
  public int rows() {
    return -1;
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
    A y = w.array(to);
    int source = w.offset(in, t);
    int target = w.offset(to, t);
    for (int r = 0; r < from.length; r++) {
      w.elements.copy(length, x, source + from[r], inStride, y, target + at[r], toStride);
    }
  }
}
