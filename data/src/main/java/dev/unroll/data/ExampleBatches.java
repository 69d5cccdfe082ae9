package dev.unroll.data;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Examples as batches. Inputs are padded with zeros to the longest of the batch. Targets of one
 * shape are stacked; those of different lengths are padded too, int32 ones with -1 (nothing to
 * predict), others with NaN, so that no loss can take them for numbers by accident.
 *
 * <pre>{@code
 * int[] lengths = examples.stream().mapToInt(Example::length).toArray();
 * new ExampleBatches(examples, Order.buckets(lengths, 32, 100, RandomKey.of(1)));
 * }</pre>
 */
public final class ExampleBatches implements BatchSource {
  private final List<Example> examples;
  private final Order order;
  private final String identity;
  private long position;
  private long epoch;
  private List<int[]> batches;

  /**
   * Returns the batches of examples.
   *
   * @param examples may be a view that makes each one when it is asked for
   */
  public ExampleBatches(List<Example> examples, Order order) {
    this.examples = examples;
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

  /** Checks what an order returned: it may have been written by anybody. */
  private void check(List<int[]> epoch) {
    if (epoch.size() != batches.size()) {
      throw new IllegalArgumentException(
          "[batches] expected an order of "
              + batches.size()
              + " batches in every epoch, got "
              + epoch.size());
    }
    for (int[] batch : epoch) {
      int last = examples.size() - 1;
      if (batch.length == 0 || !Arrays.stream(batch).allMatch(i -> i >= 0 && i <= last)) {
        throw new IllegalArgumentException(
            "[batches] expected batches of at least one example from 0 to "
                + last
                + ", got "
                + Arrays.toString(batch));
      }
    }
  }

  @Override
  public long batchesPerEpoch() {
    return batches.size();
  }

  /** Returns the numbers of examples and batches, and a hash of the order of the first epoch. */
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
    position++; // Not before: a batch that could not be made comes again.
    return batch;
  }

  /**
   * Returns examples as one batch.
   *
   * @param examples at least one
   * @throws IllegalArgumentException if there is none, if types differ, or shapes in more than the
   *     length
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
}
