package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Batch;
import dev.unroll.data.BatchSource;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Labels;
import dev.unroll.data.Order;
import dev.unroll.data.Prefetched;
import dev.unroll.data.Split;
import dev.unroll.data.TokenPieces;
import dev.unroll.data.Windows;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Reduction;
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

  @Test
  void tokenPieces() {
    int[] text = new int[20_000]; // ids
    // @start region="TokenPieces"
    BatchSource pieces = new TokenPieces(text, 8, 64, 20, RandomKey.of(1));
    Batch batch = pieces.next(); // [8, 64]: 8 pieces of 20 windows are read in parallel
    // @end
    assertThat(batch.inputs().shape().dims()).containsExactly(8, 64);
  }

  @Test
  void labels() {
    // @start region="Labels"
    Labels labels = Labels.of(List.of("sports", "politics", "sports")); // politics, sports
    int target = labels.id("sports"); // 1
    String predicted = labels.name(0); // politics
    // @end
    assertThat(labels.size()).isEqualTo(2);
    assertThat(target).isEqualTo(1);
    assertThat(predicted).isEqualTo("politics");
  }

  @Test
  void arrays() {
    float[][] slow = {{0.1f, 1}, {0.2f, 1}, {0.3f, 1}};
    float[][] fast = {{0.1f, 2}, {0.9f, 2}};
    // @start region="Arrays"
    List<Example> examples = Example.ofSequences(List.of(slow, fast), new int[] {0, 1});
    BatchSource batches = ExampleBatches.shuffled(examples, 32, 1); // batch size, seed
    // @end
    assertThat(batches.next().inputs().shape().dims()).containsExactly(2, 3, 2);
  }

  @Test
  void prefetch() {
    List<Example> examples = Example.ofIds(new int[][] {{1}, {2}}, new int[2]);
    // @start region="Prefetch"
    BatchSource source = ExampleBatches.sequential(examples, 1);
    int seen = 0;
    try (Prefetched batches = source.prefetch(2)) {
      for (int i = 0; i < source.batchesPerEpoch(); i++) {
        Batch batch = batches.next(); // while it is used, the next two are computed
        seen += batch.size();
      }
    }
    // @end
    assertThat(seen).isEqualTo(2);
  }

  @Test
  void generated() {
    // @start region="Generated"
    // The sum of ten numbers: other ones in each batch, the same ones in each run.
    BatchSource sums =
        BatchSource.generated(
            key -> {
              Tensor numbers = key.uniform(DType.FLOAT32, Shape.of(32, 10), 0, 1);
              return new Batch(numbers, Reduction.sum(numbers, 1), false);
            },
            RandomKey.of(1),
            100);
    // @end
    assertThat(sums.next().inputs().shape()).isEqualTo(Shape.of(32, 10));
    assertThat(sums).hasToString("GeneratedBatches[100 batches per epoch]");
  }

  @Test
  void balanced() {
    List<Example> examples = Example.ofIds(new int[][] {{1}, {2}, {3}}, new int[] {0, 0, 1});
    int[] labels = {0, 0, 1};
    // @start region="Balanced"
    BatchSource batches = new ExampleBatches(examples, Order.balanced(labels, 32, RandomKey.of(1)));
    // @end
    assertThat(batches.next().size()).isEqualTo(3);
  }
}
