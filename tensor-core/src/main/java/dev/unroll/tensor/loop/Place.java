package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;

/**
 * Rows and columns in one slot of an array of the frame.
 *
 * @param array which one
 * @param when which of its steps
 * @param offset of the first element in its slot
 */
public record Place(
    int array,
    Value.When when,
    int offset,
    int rows,
    int rowStride,
    int columns,
    int columnStride) {

  /**
   * Returns the place of a value that is broadcast to some sizes, or null if it is no matrix: if
   * its axes behind the first do not lie as one.
   */
  static @org.jspecify.annotations.Nullable Place of(Value v, int... dims) {
    Layout l = v.layout();
    Layout wide = java.util.Arrays.equals(v.dims(), dims) ? l : l.expand(dims);
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
    int index = v.home().root().index;
    Value.When when = v.when() == Value.When.NOW ? v.home().when() : v.when();
    return new Place(index, when, wide.offset(), rows, rowStride, columns, stride);
  }

  /** Returns whether all rows follow each other without gaps. */
  boolean isDense() {
    return columnStride == 1 && (rows == 1 || rowStride == columns);
  }
}
