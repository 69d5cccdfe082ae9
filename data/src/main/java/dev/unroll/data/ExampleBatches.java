package dev.unroll.data;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * Groups examples into batches. Inputs are padded with zeros to the longest of the batch. Targets
 * of equal shape are stacked; targets of different lengths are padded, int32 ones with -1 (no
 * target), others with NaN, so that no loss can mistake padding for a value.
 *
 * {@snippet class="snippets.DataTest" region="ExampleBatches"}
 */
public final class ExampleBatches implements BatchSource {
  private final List<Example> examples;
  private final Order order;
  private final String identity;
  private long position;
  private long epoch;
  private List<int[]> batches;

  /**
   * Creates a source of batches.
   *
   * <p>To train on a subset of the examples, pass a list of those, for instance by {@code subList},
   * and an order of its size.
   *
   * <p>A list that reads its examples from files when they are accessed lets data be larger than
   * the heap: only the examples of a batch are in memory. Such a list extends {@link
   * java.util.AbstractList}; {@link #prefetch} reads ahead. {@link #bucketed} and {@link Split}
   * read all examples: split the indices or names of the files instead.
   *
   * @param examples may be a view that creates each example on access
   * @param order contains every example exactly once per epoch, or draws them: {@link
   *     Order#weighted}, {@link Order#balanced}
   * @throws IllegalArgumentException if the order has an empty batch, or does not contain every
   *     example exactly once and is not one that draws; {@link #next} checks later epochs when they
   *     begin
   */
  public ExampleBatches(List<Example> examples, Order order) {
    this.examples = Objects.requireNonNull(examples, "examples");
    Objects.requireNonNull(order, "order");
    this.order = order;
    batches = order.epoch(0);
    if (batches.isEmpty()) {
      throw new IllegalArgumentException(
          "[batches] expected an order of at least 1 batch, got none");
    }
    check(batches);
    identity =
        examples.size()
            + " examples in "
            + batches.size()
            + " batches of at most "
            + batches.stream().mapToInt(b -> b.length).max().orElseThrow()
            + ", order "
            + Integer.toHexString(Arrays.deepHashCode(batches.toArray()));
  }

  /**
   * Returns batches in another order in each epoch: see {@link Order#shuffled}.
   *
   * @param examples at least one
   * @param batch the batch size, at least 1; the last batch of an epoch may be smaller
   */
  public static ExampleBatches shuffled(List<Example> examples, int batch, long seed) {
    return new ExampleBatches(examples, Order.shuffled(examples.size(), batch, RandomKey.of(seed)));
  }

  /**
   * Returns batches of examples of similar length, in another order in each epoch: see {@link
   * Order#buckets}, with pools of 100 batches. All examples are read once to know their lengths.
   *
   * @param examples at least one
   * @param batch the batch size, at least 1
   */
  public static ExampleBatches bucketed(List<Example> examples, int batch, long seed) {
    int[] lengths = examples.stream().mapToInt(Example::length).toArray();
    return new ExampleBatches(examples, Order.buckets(lengths, batch, 100, RandomKey.of(seed)));
  }

  /**
   * Returns batches in the order of the list: see {@link Order#sequential}.
   *
   * @param examples at least one
   * @param batch the batch size, at least 1; the last batch of an epoch may be smaller
   */
  public static ExampleBatches sequential(List<Example> examples, int batch) {
    return new ExampleBatches(examples, Order.sequential(examples.size(), batch));
  }

  /** Checks the result of an order, which may be user code. */
  private void check(List<int[]> epoch) {
    if (epoch.size() != batches.size()) {
      throw new IllegalArgumentException(
          "[batches] expected an order of "
              + batches.size()
              + " batches in every epoch, got "
              + epoch.size());
    }
    if (epoch.stream().anyMatch(batch -> batch.length == 0)) {
      throw new IllegalArgumentException(
          "[batches] expected batches of at least one example, got an empty one");
    }
    int n = examples.size();
    long indices = epoch.stream().mapToLong(batch -> batch.length).sum();
    if (indices != n) {
      throw notOnce(indices + " indices");
    }
    if (order instanceof DrawnOrder) {
      return;
    }
    BitSet seen = new BitSet(n);
    for (int[] batch : epoch) {
      for (int i : batch) {
        if (i < 0 || i >= n) {
          throw notOnce("index " + i);
        }
        seen.set(i);
      }
    }
    if (seen.cardinality() != n) {
      throw notOnce(n + " indices of " + seen.cardinality() + " different examples");
    }
  }

  private IllegalArgumentException notOnce(String got) {
    return new IllegalArgumentException(
        "[batches] expected an order with each of the "
            + examples.size()
            + " examples once in every epoch, got "
            + got);
  }

  @Override
  public long batchesPerEpoch() {
    return batches.size();
  }

  /** Returns the number of examples and batches, and a hash of the first epoch's order. */
  @Override
  public String identity() {
    return identity;
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
    long now = Math.floorDiv(position, batches.size());
    if (now != epoch) {
      List<int[]> next = order.epoch(now);
      check(next);
      batches = next;
      epoch = now;
    }
    int[] numbers = batches.get((int) (position % batches.size()));
    Batch batch = batch(Arrays.stream(numbers).mapToObj(examples::get).toList());
    position++; // Incremented last, so that a batch that failed is tried again.
    return batch;
  }

  /**
   * Combines examples into one batch.
   *
   * @param examples at least one
   * @throws IllegalArgumentException if there is none, or if types or shapes differ in more than
   *     the length
   */
  public static Batch batch(List<Example> examples) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("[batch] expected at least one example, got none");
    }
    List<Tensor> targets = examples.stream().map(Example::target).toList();
    return new Batch(
        Padding.stack("inputs", examples.stream().map(Example::input).toList(), 0),
        Padding.stack(
            "targets", targets, targets.getFirst().type() == DType.INT32 ? -1 : Double.NaN),
        Tensor.of(Shape.of(examples.size()), examples.stream().mapToInt(Example::length).toArray()),
        false);
  }

  @Override
  public String toString() {
    return "ExampleBatches[" + identity + "]";
  }
}
