package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reports by class, of predicted ids and of evaluations. */
class ClassReportTest {
  private static final List<String> LABELS = List.of("cat", "dog", "a long name of a bird");
  private static final int[] ACTUAL = {0, 0, 0, 1, 1, 2, 2, 2, 2, -1};
  private static final int[] PREDICTED = {0, 0, 1, 1, 0, 2, 2, 2, -1, 0};

  @Test
  void countsAreThoseOfTheDefinitions() {
    ClassReport r = ClassReport.of(PREDICTED, ACTUAL, LABELS);
    assertThat(r.count(0, 0)).isEqualTo(2);
    assertThat(r.count(0, 1)).isEqualTo(1);
    assertThat(r.count(1, 0)).isEqualTo(1);
    assertThat(r.support(2)).as("one without a prediction").isEqualTo(4);
    assertThat(r.support()).isEqualTo(9);
    assertThat(r.precision(0)).isEqualTo(2 / 3.0);
    assertThat(r.recall(2)).isEqualTo(0.75);
    assertThat(r.precision(2)).isEqualTo(1);
    assertThat(r.f1(2)).isEqualTo(6 / 7.0);
    assertThat(r.accuracy()).isEqualTo(6 / 9.0);
    assertThat(r.macroPrecision()).isCloseTo((2 / 3.0 + 0.5 + 1) / 3, within(1e-15));
    assertThat(r.macroRecall()).isCloseTo((2 / 3.0 + 0.5 + 0.75) / 3, within(1e-15));
    assertThat(r.macroF1()).isCloseTo((2 / 3.0 + 0.5 + 6 / 7.0) / 3, within(1e-15));
  }

  @Test
  void theTextIsATable() {
    assertThat(ClassReport.of(PREDICTED, ACTUAL, LABELS))
        .hasToString(
            """
                                   precision  recall      F1   support
            cat                       0.6667  0.6667  0.6667         3
            dog                       0.5000  0.5000  0.5000         2
            a long name of a bird     1.0000  0.7500  0.8571         4
            macro average             0.7222  0.6389  0.6746         9
            accuracy                                  0.6667         9

            actual, predicted:     cat  dog  a long name of a bird
            cat                      2    1                      0
            dog                      1    1                      0
            a long name of a bird    0    0                      3
            """);
  }

  @Test
  void theMatrixOfManyClassesIsLeftOut() {
    List<String> many = IntStream.range(0, 21).mapToObj(i -> "c" + i).toList();
    assertThat(ClassReport.of(new int[0], new int[0], many).toString())
        .contains("c20")
        .doesNotContain("actual");
  }

  @Test
  void withoutTargetsEverythingIsZero() {
    ClassReport r = ClassReport.of(new int[] {1}, new int[] {-1}, LABELS);
    assertThat(r.accuracy()).isZero();
    assertThat(r.macroF1()).isZero();
    assertThat(r.support()).isZero();
  }

  @Test
  void aClassThatNeitherOccursNorIsPredictedIsNotPartOfMacroAverages() {
    ClassReport r = ClassReport.of(new int[] {0, 1}, new int[] {0, 1}, LABELS);
    assertThat(r.macroF1()).isEqualTo(1);
    assertThat(r.f1(2)).isZero();
  }

  /** The input is the row of logits; a task that returns it predicts what the test says. */
  private static ExampleBatches logits(int batch) {
    List<Example> examples =
        IntStream.range(0, ACTUAL.length)
            .mapToObj(i -> {
              float[] row = new float[3];
              if (PREDICTED[i] < 0) {
                Arrays.fill(row, Float.NEGATIVE_INFINITY);
              } else {
                row[PREDICTED[i]] = 1;
              }
              return new Example(Tensor.of(Shape.of(1, 3), row), Tensor.of(Shape.of(1), ACTUAL[i]));
            })
            .toList();
    return new ExampleBatches(examples, Order.sequential(examples.size(), batch));
  }

  private static final Task GIVEN =
      (b, carried, mode) ->
          new Outcome(
              Variable.of(Tensor.scalar(b.inputs().type(), 0)),
              Variable.of(b.inputs()),
              b.targets(),
              b.size(),
              List.of());

  @Test
  void anEvaluationCountsTheSame() {
    ClassReport expected = ClassReport.of(PREDICTED, ACTUAL, LABELS);
    for (int batch : new int[] {1, 3, 10}) {
      ExampleBatches source = logits(batch);
      source.next();
      ClassReport r = ClassReport.of(GIVEN, source, LABELS);
      assertThat(r).hasToString(expected.toString());
      assertThat(source.position()).isEqualTo(1);
      assertThat(r.accuracy()).isEqualTo(Evaluation.of(GIVEN, source, Metric.accuracy()));
      assertThat(r.f1(1)).isEqualTo(Evaluation.of(GIVEN, source, Metric.f1(1)));
    }
  }

  @Test
  void argumentsAreChecked() {
    assertThatThrownBy(() -> ClassReport.of(GIVEN, logits(3), List.of("a", "b")))
        .hasMessage(
            "[classReport] expected a label for each of the 3 classes of the logits, got 2");
    assertThatThrownBy(() -> ClassReport.of(new int[2], new int[3], LABELS))
        .hasMessage("[classReport] expected as many predicted as actual ids, got 2 and 3");
    assertThatThrownBy(() -> ClassReport.of(new int[] {3}, new int[1], LABELS))
        .hasMessage("[classReport] expected class ids from 0 to 2, or -1, got 3 at predicted[0]");
    assertThatThrownBy(() -> ClassReport.of(new int[1], new int[] {-2}, LABELS))
        .hasMessage("[classReport] expected class ids from 0 to 2, or -1, got -2 at actual[0]");
    assertThatThrownBy(() -> ClassReport.of(new int[1], new int[1], List.of("a", "a")))
        .hasMessage("[classReport] expected at least one label, all different, got [a, a]");
    assertThatThrownBy(() -> ClassReport.of(new int[1], new int[1], List.of()))
        .hasMessage("[classReport] expected at least one label, all different, got []");
    assertThatThrownBy(() -> ClassReport.of(new int[1], new int[1], null)).hasMessage("labels");
    assertThatThrownBy(() -> ClassReport.of(null, new int[1], LABELS)).hasMessage("predicted");
    assertThatThrownBy(() -> ClassReport.of(new int[1], null, LABELS)).hasMessage("actual");
    assertThatThrownBy(() -> ClassReport.of(PREDICTED, ACTUAL, LABELS).count(0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
