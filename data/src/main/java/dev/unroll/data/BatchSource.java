package dev.unroll.data;

/**
 * Batches in an order that is fixed beforehand, one epoch after the other without end. The position
 * says all that is to be known to go on later.
 */
public interface BatchSource {

  /** Returns the number of batches of one epoch, at least 1. */
  long batchesPerEpoch();

  /**
   * Returns what is known of the batches and their order, in one line. A checkpoint records it, and
   * a training does not go on with a source that says something else. It is the number of batches
   * of one epoch unless a source says more.
   */
  default String identity() {
    return batchesPerEpoch() + " batches per epoch";
  }

  /** Returns the number of batches returned so far, through all epochs. */
  long position();

  /**
   * Goes to a position.
   *
   * @throws IllegalArgumentException if it is negative, or beyond 2^53
   */
  void seek(long position);

  /** Returns the next batch; after the last of an epoch comes the first. */
  Batch next();
}
