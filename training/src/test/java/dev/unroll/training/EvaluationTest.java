package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.data.BatchSource;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.loss.Loss;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final Linear LAYER = Linear.of(1, 2, Init.seed(1));
  private static final Task TASK =
      Task.of((b, mode) -> LAYER.apply(Variable.of(b.inputs())), Loss.crossEntropy());

  private static ExampleBatches source(int target) {
    List<Example> examples =
        List.of(
            new Example(Tensor.of(Shape.of(1, 1), 1f), Tensor.of(Shape.of(1), new int[] {target})),
            new Example(Tensor.of(Shape.of(1, 1), 2f), Tensor.of(Shape.of(1), new int[] {target})),
            new Example(Tensor.of(Shape.of(1, 1), 3f), Tensor.of(Shape.of(1), new int[] {target})));
    return new ExampleBatches(examples, Order.sequential(3, 1));
  }

  @Test
  void theSourceReturnsToItsPosition() {
    ExampleBatches source = source(0);
    source.seek(7);
    Evaluation.of(TASK, source, Metric.loss());
    assertThat(source.position()).isEqualTo(7);
    Task failing =
        (batch, carried, mode) -> {
          throw new IllegalStateException("failed");
        };
    assertThatThrownBy(() -> Evaluation.of(failing, source, Metric.loss())).hasMessage("failed");
    assertThat(source.position()).isEqualTo(7);
  }

  @Test
  void whatCannotBeMeasuredIsRefused() {
    assertThatThrownBy(() -> Evaluation.of(TASK, source(0), List.of()))
        .hasMessage("[evaluation] expected at least one metric, got none");
    assertThatThrownBy(
            () -> Evaluation.of(TASK, source(0), List.of(Metric.f1(0), Metric.f1(1), Metric.f1(0))))
        .hasMessage(
            "[evaluation] expected metrics of different names, got two named \"F1 of class 0\"");
    assertThatThrownBy(() -> Evaluation.of(TASK, source(-1), Metric.accuracy()))
        .hasMessage("[evaluation] expected targets to predict, got 3 batches without any");
    assertThatThrownBy(() -> Evaluation.of(TASK, EMPTY, Metric.accuracy()))
        .hasMessage("[evaluation] expected a source of at least 1 batch, got 0");
    int[] sums = {0};
    Metric changing = new Sums("changing", false, o -> new double[++sums[0]], s -> 0);
    assertThatThrownBy(() -> Evaluation.of(TASK, source(0), changing))
        .hasMessage(
            "[evaluation] expected a constant number of sums of the metric \"changing\", got 1 and then"
                + " 2");
  }

  static final BatchSource EMPTY =
      new BatchSource() {
        @Override
        public long batchesPerEpoch() {
          return 0;
        }

        @Override
        public long position() {
          return 0;
        }

        @Override
        public void seek(long position) {}

        @Override
        public Batch next() {
          throw new java.util.NoSuchElementException();
        }
      };

  @Test
  void outputsAreInTheOrderOfTheExamples() {
    Task twice =
        Task.of((batch, mode) -> Variable.of(batch.inputs()).affine(2, 0), Loss.crossEntropy());
    List<Example> examples =
        IntStream.range(0, 5)
            .mapToObj(i -> new Example(Tensor.of(Shape.of(2), i, 10f), Tensor.of(Shape.of(), -1)))
            .toList();
    BatchSource source = ExampleBatches.sequential(examples, 2);
    source.seek(2);
    List<Tensor> outputs = Evaluation.outputs(twice, source);
    assertThat(source.position()).isEqualTo(2);
    assertThat(outputs).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(outputs.get(i).toDoubles()).containsExactly(2 * i, 20);
    }
  }
}
