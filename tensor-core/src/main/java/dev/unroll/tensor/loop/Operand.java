package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;

/**
 * A value that a task reads or writes at each step. Its type says which layouts are possible, and a
 * task takes the types that it supports: the builder copies other values.
 */
sealed interface Operand permits Aligned, Strided {
  /** Returns the location of the first element. */
  Location location();

  /** Returns the layout in the slot. */
  Layout layout();
}
