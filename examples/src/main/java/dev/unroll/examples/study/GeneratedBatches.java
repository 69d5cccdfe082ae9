package dev.unroll.examples.study;

import dev.unroll.data.Batch;
import dev.unroll.data.BatchSource;
import dev.unroll.tensor.RandomKey;

/** Sequences that are made when they are asked for, never the same twice. */
final class GeneratedBatches implements BatchSource {
  private final MemoryTask task;
  private final RandomKey key;
  private final int size;
  private final long perEpoch;
  private long position;

  GeneratedBatches(MemoryTask task, RandomKey key, int size, long perEpoch) {
    this.task = task;
    this.key = key;
    this.size = size;
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
    return task.batch(key.fold(position++), size);
  }
}
