package dev.unroll.examples.fit;

import dev.unroll.data.Batch;
import dev.unroll.data.BatchSource;
import dev.unroll.tensor.RandomKey;
import java.util.function.Function;

/** Batches that are made by a rule when they are asked for, never the same twice. */
public final class DrawnBatches implements BatchSource {
  private final Function<RandomKey, Batch> rule;
  private final RandomKey key;
  private final long perEpoch;
  private long position;

  /**
   * Returns the batches of a rule.
   *
   * @param rule a function of the key alone
   */
  public DrawnBatches(Function<RandomKey, Batch> rule, RandomKey key, long perEpoch) {
    this.rule = rule;
    this.key = key;
    this.perEpoch = perEpoch;
  }

  @Override
  public long batchesPerEpoch() {
    return perEpoch;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void seek(long to) {
    position = to;
  }

  @Override
  public Batch next() {
    return rule.apply(key.fold(position++));
  }
}
