package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.kernel.Walk;
import java.util.List;

/** A copy between any two layouts of the same sizes, row by row. */
final class CopyRows implements Task {
  private final Operand in;
  private final Operand to;
  private final int rows;
  private final int inRow; // distance of rows in elements
  private final int toRow;
  private final int[] from; // [run of a row]: offset from the start of the row
  private final int[] at;
  private final int length;
  private final int inStride;
  private final int toStride;

  CopyRows(Operand in, Operand to) {
    this.in = in;
    this.to = to;
    Layout source = in.layout();
    Layout target = to.layout();
    boolean many = source.rank() > 1;
    rows = many ? source.dim(0) : 1;
    inRow = many ? source.stride(0) : 0;
    toRow = many ? target.stride(0) : 0;
    Layout row = many ? source.slice(0, 0, 1) : source;
    Walk walk = new Walk(row, row, target);
    length = walk.length();
    inStride = walk.stride(0);
    toStride = walk.stride(1);
    from = new int[walk.rows()];
    at = new int[from.length];
    for (int r = 0; r < from.length; r++) {
      from[r] = walk.distance(0, r);
      at[r] = walk.distance(1, r);
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public List<? extends Operand> writes() {
    return List.of(to);
  }

  @Override
  public List<? extends Operand> reads() {
    return List.of(in);
  }

  @Override
  public <A> void run(Workspace<A> w, RowRange<A> range, int t) {
    A x = w.array(in.location());
    A y = w.array(to.location());
    int source = w.offset(in.location(), t);
    int target = w.offset(to.location(), t);
    for (int r = range.from; r < range.to; r++) {
      for (int i = 0; i < from.length; i++) {
        w.elements.copy(
            length,
            x,
            source + r * inRow + from[i],
            inStride,
            y,
            target + r * toRow + at[i],
            toStride);
      }
    }
  }
}
