package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;

/** All rows of a buffer, without gaps. */
record DenseRows(Location location, Layout layout, int rows, int columns) implements RowMajor {
  @Override
  public int rowStride() {
    return columns;
  }
}
