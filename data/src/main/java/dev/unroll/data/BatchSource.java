package dev.unroll.data;

/**
 * An endless sequence of batches in a predetermined order, epoch after epoch. The position is all
 * the state there is: seeking to it resumes the sequence.
 */
public interface BatchSource {

  /** Returns the number of batches of one epoch, at least 1. */
  long batchesPerEpoch();

  /**
   * Returns a one-line description of the batches and their order. A checkpoint records it, and a
   * run refuses to resume with a source of another identity. The default is the number of batches
   * per epoch.
   */
  default String identity() {
    return batchesPerEpoch() + " batches per epoch";
  }

  /** Returns the number of batches returned so far, over all epochs. */
  long position();

  /**
   * Moves to a position.
   *
   * @throws IllegalArgumentException if it is negative or greater than 2^53
   */
  void seek(long position);

  /** Returns the next batch; the last batch of an epoch is followed by the first of the next. */
  Batch next();

  /**
   * Returns a source of the same batches, positions and identity that computes the next batches on
   * a virtual thread while the current one is used. Worthwhile where batches are expensive: read
   * from files, decoded or augmented.
   *
   * {@snippet class="snippets.DataTest" region="Prefetch"}
   *
   * @param batches the number of batches computed ahead, and in memory besides the current one; at
   *     least 1
   */
  default Prefetched prefetch(int batches) {
    return new Prefetched(this, batches);
  }
}
