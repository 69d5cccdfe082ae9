package dev.unroll.data;

import dev.unroll.tensor.RandomKey;
import java.util.Arrays;
import java.util.List;

/**
 * Draws examples with replacement, as many in each epoch as there are. Those of an epoch may lack
 * some examples and repeat others, which {@link ExampleBatches} accepts of this order alone: with
 * any other it would be a mistake.
 */
final class DrawnOrder implements Order {
  private final String name;
  private final double[] cumulative;
  private final int batch;
  private final RandomKey key;

  DrawnOrder(String name, int batch, RandomKey key, double... weights) {
    this.name = name;
    this.batch = batch;
    this.key = key;
    cumulative = weights.clone();
    Arrays.parallelPrefix(cumulative, Double::sum);
  }

  @Override
  public List<int[]> epoch(long epoch) {
    RandomKey now = key.fold(epoch);
    return Order.sequential(cumulative.length, batch).epoch(epoch).stream()
        .map(each -> Arrays.stream(each).map(i -> draw(now.unit(i))).toArray())
        .toList();
  }

  /** Returns the first example whose cumulative weight is greater than a fraction of the total. */
  private int draw(double unit) {
    double total = cumulative[cumulative.length - 1];
    double at = Math.min(unit * total, Math.nextDown(total));
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > at) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  @Override
  public String toString() {
    return name;
  }
}
