package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;

/** A range of the columns of a buffer. */
record StridedRows(Location location, Layout layout, int rows, int rowStride, int columns)
    implements RowMajor {}
