package dev.unroll.examples.fit;

import dev.unroll.data.Batch;
import dev.unroll.data.BatchSource;
import dev.unroll.tensor.RandomKey;
import java.util.function.Function;
import java.util.function.LongFunction;

/** An endless source of generated batches. */
public final class DrawnBatches implements BatchSource {
  private final LongFunction<Batch> rule;
  private final long perEpoch;
  private long position;

  /**
   * Creates a source.
   *
   * @param rule a function of the position only
   */
  public DrawnBatches(LongFunction<Batch> rule, long perEpoch) {
    this.rule = rule;
    this.perEpoch = perEpoch;
  }

  /**
   * Creates a source of random batches.
   *
   * @param rule a function of the key only
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
