package dev.unroll.data;

import java.util.Objects;
import java.util.function.LongFunction;

/** Batches that are a function of their position. */
final class GeneratedBatches implements BatchSource {
  private final LongFunction<Batch> rule;
  private final long perEpoch;
  private long position;

  GeneratedBatches(LongFunction<Batch> rule, long perEpoch) {
    this.rule = Objects.requireNonNull(rule, "rule");
    this.perEpoch = perEpoch;
    if (perEpoch < 1) {
      throw new IllegalArgumentException(
          "[batches] expected at least 1 batch per epoch, got " + perEpoch);
    }
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
    position = Positions.check("batches", to);
  }

  @Override
  public Batch next() {
    Batch batch = Objects.requireNonNull(rule.apply(position), "batch");
    position++; // Incremented last, so that a batch that failed is tried again.
    return batch;
  }

  @Override
  public String toString() {
    return "GeneratedBatches[" + identity() + "]";
  }
}
