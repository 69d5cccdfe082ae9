package dev.unroll.tensor.loop;

/**
 * The step whose slot of a buffer an operand reads or writes; the last two are for carried values
 * only.
 */
enum TimeSlot {
  /** The step itself. */
  THIS,
  /** The value carried from the previous step. */
  PREVIOUS,
  /** The value carried to the next step. */
  NEXT
}
