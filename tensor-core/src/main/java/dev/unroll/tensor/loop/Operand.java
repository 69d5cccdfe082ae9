package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows and columns in one slot of an array of the workspace, with any strides.
 *
 * @param array the index of the array
 * @param slot the slot
 * @param offset of the first element in its slot
 * @param aligned whether row r lies in row r of the array, for all of its rows: a thread that
 *     writes and reads through such places touches its own rows only
 */
record Operand(
    int array,
    TimeSlot slot,
    int offset,
    int rows,
    int rowStride,
    int columns,
    int columnStride,
    boolean aligned) {

  /**
   * Returns the place of a value that is broadcast to some sizes, or null if it is not a matrix,
   * because its axes after the first cannot be merged into one.
   */
  static @Nullable Operand of(Value v, int... dims) {
    Layout l = v.layout();
    Layout wide = Arrays.equals(v.dims(), dims) ? l : l.expand(dims);
    int rows = dims.length > 1 ? dims[0] : 1;
    int first = dims.length > 1 ? 1 : 0;
    int rowStride = dims.length > 1 ? wide.stride(0) : 0;
    int columns = 1;
    int stride = 1;
    for (int i = dims.length - 1; i >= first; i--) {
      if (dims[i] == 1) {
        continue;
      }
      if (columns == 1) {
        stride = wide.stride(i);
      } else if (wide.stride(i) != stride * columns) {
        return null;
      }
      columns *= dims[i];
    }
    if (columns == 1) {
      stride = 1;
    }
    Buffer root = v.buffer().root();
    TimeSlot slot = v.slot() == TimeSlot.THIS ? v.buffer().slot() : v.slot();
    int offset = wide.offset();
    boolean aligned = isAligned(root, offset, rows, rowStride, columns, stride);
    return new Operand(root.index, slot, offset, rows, rowStride, columns, stride, aligned);
  }

  private static boolean isAligned(
      Buffer root, int offset, int rows, int rowStride, int columns, int columnStride) {
    int all = root.dims.length > 1 ? root.dims[0] : 1;
    int row = all == 0 ? 0 : root.size() / all;
    return rows == all
        && (rows <= 1 || rowStride == row)
        && offset + (columns - 1) * columnStride < row;
  }

  /** Returns whether all rows follow each other without gaps. */
  boolean isDense() {
    return columnStride == 1 && (rows == 1 || rowStride == columns);
  }
}
