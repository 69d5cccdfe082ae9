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
    int largest = batches.stream().flatMapToInt(Arrays::stream).max().orElse(-1);
    if (largest < 0 || largest >= examples.size()) {
      throw new IllegalArgumentException(
          "[batches] the order names example " + largest + " of " + examples.size());
    }
  }

  @Override
  public long batchesPerEpoch() {
    return batches.size();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void seek(long to) {
    if (to < 0) {
      throw new IllegalArgumentException("[batches] position must be at least 0, not " + to);
    }
    position = to;
  }

  @Override
  public Batch next() {
    long now = Math.floorDiv(position, batches.size());
    if (now != epoch) {
      batches = order.epoch(now);
      epoch = now;
    }
    int[] numbers = batches.get((int) (position % batches.size()));
    position++;
    return batch(Arrays.stream(numbers).mapToObj(examples::get).toList());
  }

  /**
   * Returns examples as one batch.
   *
   * @throws IllegalArgumentException if types differ, or shapes in more than the length
   */
  public static Batch batch(List<Example> examples) {
    List<Tensor> targets = examples.stream().map(Example::target).toList();
    return new Batch(
        Padding.stack("inputs", examples.stream().map(Example::input).toList(), 0),
        Padding.stack(
            "targets", targets, targets.getFirst().type() == DType.INT32 ? -1 : Double.NaN),
        Tensor.of(Shape.of(examples.size()), examples.stream().mapToInt(Example::length).toArray()),
        false);
  }
}
