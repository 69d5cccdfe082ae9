package dev.unroll.tensor;

/** How long the numbers of a tensor are its own. */
sealed interface Lease permits Buffers.Scope, Slot.Edition {

  /** Returns whether they may be others by now. */
  boolean hasEnded();

  /** Returns what became of them, and what would have helped. */
  String reason();
}
