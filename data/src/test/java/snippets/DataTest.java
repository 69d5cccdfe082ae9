package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.BatchSource;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.data.Split;
import dev.unroll.data.Windows;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Examples in the Javadoc of {@code dev.unroll.data}. */
class DataTest {
  @Test
  void exampleBatches() {
    List<Example> examples =
        List.of(Example.of(new int[] {4, 7, 1}, 0), Example.of(new int[] {3, 5}, 1));
    // @start region="ExampleBatches"
    int[] lengths = examples.stream().mapToInt(Example::length).toArray();
    BatchSource batches =
        new ExampleBatches(examples, Order.buckets(lengths, 32, 100, RandomKey.of(1)));
    // @end
    assertThat(batches.next().inputs().shape().dims()).containsExactly(2, 3);
  }

  @Test
  void split() {
    Tensor series = RandomKey.of(1).normal(DType.FLOAT32, Shape.of(100, 1), 0, 1);
    // @start region="Split"
    Windows windows = new Windows(series, 10, 1, 1);
    Split<Example> split = Split.last(windows, 0.2, windows.overlap());
    // @end
    assertThat(split).isNotNull();
    assertThat(windows.overlap()).isEqualTo(10);
  }
}
