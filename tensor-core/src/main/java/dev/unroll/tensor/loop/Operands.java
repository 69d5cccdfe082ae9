package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.loop.Buffer.Lifetime;
import java.util.Arrays;

/** Chooses the type of an operand by its layout. */
final class Operands {
  private Operands() {}

  /** Returns the operand of a value broadcast to sizes. */
  static Operand of(Value v, int... dims) {
    Layout own = v.layout();
    Layout l = Arrays.equals(own.dims(), dims) ? own : own.expand(dims);
    Buffer root = v.buffer().root();
    TimeSlot slot = v.slot() == TimeSlot.THIS ? v.buffer().slot() : v.slot();
    boolean once = root.lifetime == Lifetime.ONCE;
    return of(new Location(root.index, once ? TimeSlot.EVERY : slot, l.offset()), l, root.dims);
  }

  /**
   * Returns the operand with a layout in a buffer.
   *
   * @param buffer the sizes of one slot of the buffer
   */
  static Operand of(Location at, Layout l, int... buffer) {
    boolean many = l.rank() > 1;
    int rows = many ? l.dim(0) : 1;
    int rowStride = many ? l.stride(0) : 0;
    if (l.size() == 0) { // It has no elements.
      return new DenseRows(at, l, rows, 0);
    }
    if (!isAligned(rows, rowStride, buffer)) {
      return new Strided(at, l);
    }
    int columns = 1;
    for (int axis = l.rank() - 1; axis >= (many ? 1 : 0); axis--) {
      if (l.dim(axis) != 1 && l.stride(axis) != columns) {
        return new Spread(at, l);
      }
      columns *= l.dim(axis);
    }
    return rows == 1 || rowStride == columns
        ? new DenseRows(at, l, rows, columns)
        : new StridedRows(at, l, rows, rowStride, columns);
  }

  /**
   * Returns whether all elements of row r are in row r of the buffer. If there are as many rows as
   * in the buffer, and they begin as far apart, then none reaches into the next: the last one would
   * reach beyond the buffer.
   */
  private static boolean isAligned(int rows, int rowStride, int... buffer) {
    int all = buffer.length > 1 ? buffer[0] : 1;
    return rows == all && (rows == 1 || rowStride == Layout.of(buffer).size() / all);
  }
}
