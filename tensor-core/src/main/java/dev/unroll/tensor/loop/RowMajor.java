package dev.unroll.tensor.loop;

/**
 * A place whose columns are adjacent: the one kind that a task can read or write row by row. Only
 * {@link LoopBuilder} makes one of a value, from a copy where the value lies otherwise.
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
