package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.tensor.RandomKey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BalanceTest {
  private static final RandomKey KEY = RandomKey.of(1);

  private static int[] drawn(Order order, int epochs) {
    return IntStream.range(0, epochs)
        .boxed()
        .flatMap(e -> order.epoch(e).stream())
        .flatMapToInt(Arrays::stream)
        .toArray();
  }

  @Test
  void rareClassesAreDrawnAsOftenAsOthers() {
    int[] labels = new int[100];
    Arrays.fill(labels, 0, 3, 7);
    int[] drawn = drawn(Order.balanced(labels, 16, KEY), 200);
    assertThat(drawn).hasSize(20_000);
    assertThat(Arrays.stream(drawn).filter(i -> i < 3).count() / 20_000.0)
        .isCloseTo(0.5, within(0.02));
    assertThat(Arrays.stream(drawn).filter(i -> i == 0).count() / 20_000.0)
        .isCloseTo(1.0 / 6, within(0.02));
  }

  @Test
  void weightsAreProbabilities() {
    int[] drawn = drawn(Order.weighted(new double[] {0, 3, 0, 1, 0}, 2, KEY), 2_000);
    assertThat(drawn).containsOnly(1, 3);
    assertThat(Arrays.stream(drawn).filter(i -> i == 1).count() / 10_000.0)
        .isCloseTo(0.75, within(0.02));
  }

  @Test
  void anEpochIsAFunctionOfItsKey() {
    Order a = Order.weighted(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 3, KEY);
    assertThat(a.epoch(5)).hasSize(3).usingRecursiveComparison().isEqualTo(a.epoch(5));
    assertThat(drawn(a, 9))
        .isNotEqualTo(
            drawn(Order.weighted(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 3, RandomKey.of(2)), 9));
    assertThat(a).hasToString("weighted(8, 3)");
  }

  @Test
  void batchesMayRepeatWhatIsDrawn() {
    List<Example> examples = Example.ofIds(new int[][] {{1}, {2}, {3}}, new int[] {0, 0, 1});
    BatchSource batches = new ExampleBatches(examples, Order.balanced(new int[] {0, 0, 1}, 3, KEY));
    for (int i = 0; i < 20; i++) {
      assertThat(batches.next().size()).isEqualTo(3);
    }
    batches.seek(7);
    int[] seventh = batches.next().inputs().toInts();
    batches.seek(7);
    assertThat(batches.next().inputs().toInts()).isEqualTo(seventh);
    assertThatThrownBy(() -> new ExampleBatches(examples, Order.balanced(new int[4], 2, KEY)))
        .hasMessageContaining("got 4 indices");
  }

  @Test
  void classesWeighInverselyToTheirFrequency() {
    Labels labels = Labels.of(List.of("a", "b", "c"));
    assertThat(labels.weights(0, 0, 0, 1, -1)).containsExactly(4.0 / 6, 2.0, 1.0);
    assertThat(labels.weights()).containsExactly(1.0, 1.0, 1.0);
    assertThatThrownBy(() -> labels.weights(3))
        .hasMessage("[labels] expected ids from 0 to 2, or -1, got 3");
  }

  @Test
  void aDatasetKnowsItsClasses() {
    List<Example> examples =
        List.of(Example.of(new float[][] {{1}}, 1), Example.of(new float[][] {{2}}, 0));
    Dataset data = new Dataset(examples, List.of("x"), Labels.of(List.of("a", "b")));
    assertThat(data.ids()).containsExactly(1, 0);
    assertThat(data.balanced(2, 1).batchesPerEpoch()).isEqualTo(1);
    Dataset values = new Dataset(examples, List.of("x"), new Labels(List.of()));
    assertThatThrownBy(values::ids)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "[dataset] expected examples of one class each, got Dataset[2 examples");
  }

  @Test
  void weightsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> Order.weighted(new double[] {0, 0}, 1, KEY))
        .hasMessage(
            "[order] expected finite weights of at least 0, not all of them 0, got 0.0 and more, of sum 0.0");
    assertThatThrownBy(() -> Order.weighted(new double[] {2, -1}, 1, KEY))
        .hasMessageContaining("got -1.0 and more, of sum 1.0");
    assertThatThrownBy(() -> Order.weighted(new double[] {2, Double.NaN}, 1, KEY))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> Order.weighted(new double[0], 1, KEY))
        .hasMessageStartingWith("[order] examples");
    assertThatThrownBy(() -> Order.balanced(new int[] {0, -1}, 1, KEY))
        .hasMessage("[order] expected labels of at least 0, got -1");
  }
}
