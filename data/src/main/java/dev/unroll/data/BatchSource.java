package dev.unroll.data;

import dev.unroll.tensor.RandomKey;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongFunction;

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

  /**
   * Returns a source of generated batches.
   *
   * @param rule returns the batch of a position, and depends on nothing else
   * @param batchesPerEpoch at least 1
   */
  static BatchSource generated(LongFunction<Batch> rule, long batchesPerEpoch) {
    return new GeneratedBatches(rule, batchesPerEpoch);
  }

  /**
   * Returns a source of generated random batches.
   *
   * {@snippet class="snippets.DataTest" region="Generated"}
   *
   * @param rule returns a batch drawn from a key, and depends on nothing else
   * @param key folded with the position of each batch
   * @param batchesPerEpoch at least 1
   */
  static BatchSource generated(
      Function<RandomKey, Batch> rule, RandomKey key, long batchesPerEpoch) {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(key, "key");
    return generated(position -> rule.apply(key.fold(position)), batchesPerEpoch);
  }
}
