package dev.unroll.tensor.loop;

/**
 * Which step's slot of a buffer an operand reads or writes; the last two of carried values only.
 */
enum TimeSlot {
  /** That of the step itself. */
  THIS,
  /** What the previous step handed on. */
  PREVIOUS,
  /** What the step hands on to the next. */
  NEXT
}
