package dev.unroll.autograd;

/**
 * An operation whose result is computed only when somebody reads it: because often nobody does, or
 * because sums of such results have a short cut (see {@link Sum}).
 */
interface Waiting extends Op {

  /** Returns whether it does so with these attributes. */
  default boolean waits() {
    return true;
  }
}
