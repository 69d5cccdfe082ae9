package dev.unroll.tensor.loop;

/** The slot of a buffer that an operand reads or writes at a step. */
enum TimeSlot {
  /** The only slot: the value is loop-invariant. */
  EVERY,
  /** The step itself. */
  THIS,
  /** The value carried from the previous step. */
  PREVIOUS,
  /** The value carried to the next step. */
  NEXT
}
