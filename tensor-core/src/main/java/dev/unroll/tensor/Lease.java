package dev.unroll.tensor;

/** The time for which the values of a tensor are valid. */
sealed interface Lease permits ArrayScope, Slot.Edition {

  /** Returns whether the values may have been overwritten. */
  boolean hasEnded();

  /** Returns the reason why they are invalid, with advice. */
  String reason();
}
