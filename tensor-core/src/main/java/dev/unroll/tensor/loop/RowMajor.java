package dev.unroll.tensor.loop;

/**
 * An operand whose columns are adjacent, as tasks require that read or write row by row. Only
 * {@link LoopBuilder} creates one from a value, by a copy if the value has another layout.
 */
sealed interface RowMajor extends Aligned permits DenseRows, StridedRows {
  int rows();

  /** Returns the distance of rows in elements. */
  int rowStride();

  int columns();
}
