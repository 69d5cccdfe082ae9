package dev.unroll.examples.fit;

import dev.unroll.data.Batch;
import dev.unroll.data.BatchSource;
import dev.unroll.tensor.RandomKey;
import java.util.function.Function;
import java.util.function.LongFunction;

/** Batches that are made by a rule when they are asked for, never the same twice. */
public final class DrawnBatches implements BatchSource {
  private final LongFunction<Batch> rule;
  private final long perEpoch;
  private long position;

  /**
   * Returns the batches of a rule.
   *
   * @param rule a function of the position alone
   */
  public DrawnBatches(LongFunction<Batch> rule, long perEpoch) {
    this.rule = rule;
    this.perEpoch = perEpoch;
  }

  /**
   * Returns the batches of a rule that draws.
   *
   * @param rule a function of the key alone
   */
  public static DrawnBatches of(Function<RandomKey, Batch> rule, RandomKey key, long perEpoch) {
    return new DrawnBatches(position -> rule.apply(key.fold(position)), perEpoch);
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
    return rule.apply(position++);
  }
}
