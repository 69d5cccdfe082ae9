package dev.unroll.tensor.loop;

/**
 * An operand whose columns are adjacent, as tasks require that read or write row by row. Only
 * {@link LoopBuilder} creates one from a value, by a copy if the value has another layout.
 */
record RowMajor(Operand place) {
  RowMajor {
    if (!holds(place)) {
      throw new IllegalStateException("[loop] expected adjacent columns, got " + place);
    }
  }

  /** Returns whether the columns of a place are adjacent. */
  static boolean holds(Operand p) {
    return p.columnStride() == 1;
  }

  int rows() {
    return place.rows();
  }

  int rowStride() {
    return place.rowStride();
  }

  int columns() {
    return place.columns();
  }

  <A> A array(Workspace<A> f) {
    return f.array(place);
  }

  int offset(Workspace<?> f, int t) {
    return f.offset(place, t);
  }
}
