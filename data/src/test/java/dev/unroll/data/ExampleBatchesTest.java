package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExampleBatchesTest {
  private static final RandomKey KEY = RandomKey.of(3);

  private static Tensor codes(int... x) {
    return Tensor.of(Shape.of(x.length), x);
  }

  private static Example example(int label, int... codes) {
    return new Example(codes(codes), Tensor.scalar(DType.INT32, label));
  }

  /** Example i has i % 7 + 1 steps, all i. */
  private static List<Example> examples(int n) {
    return IntStream.range(0, n)
        .mapToObj(i -> example(i, IntStream.generate(() -> i).limit(i % 7 + 1).toArray()))
        .toList();
  }

  private static int[] lengths(List<Example> examples) {
    return examples.stream().mapToInt(Example::length).toArray();
  }

  private static List<Integer> labels(BatchSource source, long batches) {
    List<Integer> labels = new ArrayList<>();
    for (long i = 0; i < batches; i++) {
      Arrays.stream(source.next().targets().toInts()).forEach(labels::add);
    }
    return labels;
  }

  @Test
  void sequencesArePaddedToTheLongest() {
    Batch b = ExampleBatches.batch(List.of(example(4, 7, 8), example(5, 9, 9, 9), example(6)));
    assertThat(b.inputs().shape()).isEqualTo(Shape.of(3, 3));
    assertThat(b.inputs().toInts()).containsExactly(7, 8, 0, 9, 9, 9, 0, 0, 0);
    assertThat(b.targets().toInts()).containsExactly(4, 5, 6);
    assertThat(b.lengths().toInts()).containsExactly(2, 3, 0);
    assertThat(b.continues()).isFalse();
    assertThat(b.size()).isEqualTo(3);
  }

  @Test
  void targetsOfEveryStepArePaddedWithNothingToPredict() {
    Batch b =
        ExampleBatches.batch(
            List.of(new Example(codes(1), codes(2)), new Example(codes(3, 4), codes(5, 6))));
    assertThat(b.targets().toInts()).containsExactly(2, -1, 5, 6);
    Tensor x = Tensor.of(Shape.of(1, 2), 1f, 2f);
    Tensor y = Tensor.of(Shape.of(2, 2), 3f, 4f, 5f, 6f);
    Batch floats = ExampleBatches.batch(List.of(new Example(x, x), new Example(y, y)));
    assertThat(floats.inputs().type()).isEqualTo(DType.FLOAT32);
    assertThat(floats.targets().toDoubles())
        .containsExactly(1, 2, Double.NaN, Double.NaN, 3, 4, 5, 6);
  }

  @Test
  void everyOrderHasEveryExampleOnceInAnEpoch() {
    List<Example> examples = examples(50);
    Integer[] all = IntStream.range(0, 50).boxed().toArray(Integer[]::new);
    for (Order order :
        List.of(
            Order.sequential(50, 8),
            Order.shuffled(50, 8, KEY),
            Order.buckets(lengths(examples), 8, 3, KEY))) {
      ExampleBatches source = new ExampleBatches(examples, order);
      assertThat(source.batchesPerEpoch()).isEqualTo(7);
      List<Integer> first = labels(source, 7);
      List<Integer> second = labels(source, 7);
      assertThat(first).containsExactlyInAnyOrder(all);
      assertThat(second).containsExactlyInAnyOrder(all);
      source.seek(9);
      assertThat(labels(source, 5)).isEqualTo(second.subList(second.size() - sum(source), 50));
      assertThat(source.position()).isEqualTo(14);
      source.seek(0);
      assertThat(labels(source, 7)).isEqualTo(first);
    }
  }

  /** How many examples are in the last five batches of the second epoch. */
  private static int sum(BatchSource source) {
    long back = source.position();
    source.seek(9);
    int n = labels(source, 5).size();
    source.seek(back);
    return n;
  }

  @Test
  void anEpochIsShuffledUnlikeTheOneBefore() {
    ExampleBatches source = new ExampleBatches(examples(50), Order.shuffled(50, 8, KEY));
    List<Integer> first = labels(source, 7);
    assertThat(first).isNotEqualTo(IntStream.range(0, 50).boxed().toList());
    assertThat(labels(source, 7)).isNotEqualTo(first);
  }

  @Test
  void bucketsLeaveLittlePadding() {
    List<Example> examples = examples(500);
    Order order = Order.buckets(lengths(examples), 10, 50, KEY);
    ExampleBatches source = new ExampleBatches(examples, order);
    int padded = 0;
    for (int i = 0; i < 50; i++) {
      Batch b = source.next();
      int valid = Arrays.stream(b.lengths().toInts()).sum();
      padded += b.inputs().shape().size() - valid;
    }
    assertThat(padded).isLessThan(60); // Of about 2,000 steps: at most at the seams.
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() ->
            ExampleBatches.batch(
                List.of(
                    example(1, 2),
                    new Example(Tensor.of(Shape.of(1, 2), 1, 2), Tensor.scalar(DType.INT32, 0)))))
        .hasMessage("[batch] inputs may differ only in their length: int32 [1] and int32 [1, 2]");
    assertThatThrownBy(() -> new ExampleBatches(examples(3), Order.sequential(4, 2)))
        .hasMessage(
            "[batches] expected an order with each of the 3 examples once in every epoch, got 4"
                + " indices");
    assertThatThrownBy(() -> Order.shuffled(0, 2, KEY))
        .hasMessage("[order] examples and batch must be at least 1, not 0 and 2");
    assertThatThrownBy(() -> new Example(Tensor.scalar(DType.INT32, 1), codes(1)))
        .hasMessage("[example] the input must be [T, ...], given []");
    ExampleBatches source = new ExampleBatches(examples(3), Order.sequential(3, 2));
    assertThatThrownBy(() -> source.seek(-1))
        .hasMessage("[batches] expected a position from 0 to 9007199254740992, got -1");
  }

  @Test
  void codesBecomeExamples() {
    Batch classes =
        ExampleBatches.batch(
            List.of(Example.of(new int[] {4, 5, 6}, 1), Example.of(new int[] {7}, -1)));
    assertThat(classes.inputs().toInts()).containsExactly(4, 5, 6, 7, 0, 0);
    assertThat(classes.lengths().toInts()).containsExactly(3, 1);
    assertThat(classes.targets().toInts()).containsExactly(1, -1);
    Batch tags =
        ExampleBatches.batch(
            List.of(
                Example.of(new int[] {4, 5}, new int[] {0, 1}),
                Example.of(new int[] {7}, new int[] {2})));
    assertThat(tags.targets().toInts()).containsExactly(0, 1, 2, -1);
  }

  @Test
  void ordersThatNameWhatIsNotThereAreRefused() {
    List<Example> two = List.of(Example.of(new int[] {1}, 0), Example.of(new int[] {2}, 1));
    String once = "[batches] expected an order with each of the 2 examples once in every epoch,";
    Map.of(
            new int[] {1, -1}, once + " got 3 indices",
            new int[] {2}, once + " got index 2",
            new int[] {Integer.MIN_VALUE}, once + " got index -2147483648",
            new int[] {0}, once + " got 2 indices of 1 different examples",
            new int[] {}, "[batches] expected batches of at least one example, got an empty one")
        .forEach((bad, message) -> {
          assertThatThrownBy(() -> new ExampleBatches(two, epoch -> List.of(new int[] {0}, bad)))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage(message);
          ExampleBatches later =
              new ExampleBatches(
                  two, epoch -> List.of(new int[] {0}, epoch == 0 ? new int[] {1} : bad));
          later.seek(1);
          assertThat(later.next().size()).isEqualTo(1);
          assertThatThrownBy(later::next).hasMessage(message);
          assertThat(later.position()).isEqualTo(2);
        });
    assertThatThrownBy(() -> new ExampleBatches(two, epoch -> List.of()))
        .hasMessage("[batches] expected an order of at least 1 batch, got none");
    ExampleBatches growing =
        new ExampleBatches(
            two,
            epoch ->
                epoch == 0 ? List.of(new int[] {0, 1}) : List.of(new int[] {0}, new int[] {1}));
    growing.seek(1);
    assertThatThrownBy(growing::next)
        .hasMessage("[batches] expected an order of 1 batches in every epoch, got 2");
    assertThatThrownBy(() -> ExampleBatches.batch(List.of()))
        .hasMessage("[batch] expected at least one example, got none");
  }

  @Test
  void anOrderOfAnotherNumberOfExamplesIsRefused() {
    List<Example> examples = examples(300);
    String once = "[batches] expected an order with each of the 300 examples once in every epoch,";
    for (Order order :
        List.of(
            Order.shuffled(32, 300, KEY), // The two were swapped.
            Order.sequential(32, 10),
            Order.buckets(new int[32], 10, 2, KEY))) {
      assertThatThrownBy(() -> new ExampleBatches(examples, order))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(once + " got 32 indices");
    }
    Order twice = epoch -> List.of(IntStream.range(0, 300).map(i -> i / 2).toArray());
    assertThatThrownBy(() -> new ExampleBatches(examples, twice))
        .hasMessage(once + " got 300 indices of 150 different examples");
    assertThatThrownBy(() -> new ExampleBatches(examples(32), Order.shuffled(300, 32, KEY)))
        .hasMessageEndingWith(" got 300 indices");
    ExampleBatches part = new ExampleBatches(examples.subList(0, 32), Order.shuffled(32, 10, KEY));
    assertThat(labels(part, 4)).hasSize(32);
  }

  @Test
  void positionsBeyondAnyRunAreRefused() {
    List<Example> one = List.of(Example.of(new int[] {1}, 0));
    for (BatchSource source :
        List.of(
            new ExampleBatches(one, Order.sequential(1, 1)),
            new TokenStream(new int[] {1, 2, 3, 4, 5}, 1, 2))) {
      for (long bad : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1}) {
        assertThatThrownBy(() -> source.seek(bad))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageMatching(
                "\\[.*] expected a position from 0 to 9007199254740992, got " + bad);
      }
      source.seek(1L << 53);
      assertThat(source.next().size()).isEqualTo(1);
    }
  }
}
