package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {
  /** The predictions are 1, 0, 1, 1; the last is padding. */
  private static final Metric.Observation CLASSES =
      new Metric.Observation(
          0.5,
          3,
          Tensor.of(Shape.of(4, 2), 0f, 1f, 3f, 2f, -1f, 0f, 0f, 9f),
          Tensor.of(Shape.of(4), 1, 1, 0, -1));

  private static final Metric.Observation VALUES =
      new Metric.Observation(
          0.5,
          2,
          Tensor.of(Shape.of(3, 1), 1.0, 2.0, 5.0),
          Tensor.of(Shape.of(3, 1), 4.0, -2.0, Double.NaN));

  private static double value(Metric m, Metric.Observation o) {
    return m.value(m.sums(o));
  }

  @Test
  void meansOfTheLoss() {
    assertThat(value(Metric.loss(), CLASSES)).isEqualTo(0.5);
    assertThat(value(Metric.perplexity(), CLASSES)).isEqualTo(Math.exp(0.5));
    assertThat(value(Metric.bitsPerCharacter(), CLASSES))
        .isCloseTo(0.5 / Math.log(2), within(1e-12));
    assertThat(Metric.loss().isBetter(1, 2)).isTrue();
  }

  @Test
  void decisionsAreCountedWithoutPadding() {
    assertThat(value(Metric.accuracy(), CLASSES)).isCloseTo(1 / 3.0, within(1e-12));
    // Class 1: a true positive, a false negative, a false positive.
    assertThat(value(Metric.precision(1), CLASSES)).isEqualTo(0.5);
    assertThat(value(Metric.recall(1), CLASSES)).isEqualTo(0.5);
    assertThat(value(Metric.f1(1), CLASSES)).isEqualTo(0.5);
    assertThat(value(Metric.f1(0), CLASSES)).isZero();
    assertThat(value(Metric.precision(7), CLASSES)).isZero();
    assertThat(Metric.accuracy().isBetter(1, 2)).isFalse();
  }

  @Test
  void errorsAreMeasuredWithoutPadding() {
    assertThat(value(Metric.mae(), VALUES)).isEqualTo(3.5);
    assertThat(value(Metric.rmse(), VALUES)).isEqualTo(Math.sqrt(12.5));
  }

  @Test
  void mismatchedOutputsAreRefused() {
    assertThatThrownBy(() -> Metric.accuracy().sums(VALUES))
        .hasMessage("[metric] expected logits [..., V] and targets [...], got [3, 1] and [3, 1]");
    assertThatThrownBy(() -> Metric.mae().sums(CLASSES))
        .hasMessage("[metric] expected values of the shape of the targets, got [4, 2] and [4]");
  }

  @Test
  void metricsOfDifferentClassesHaveDifferentNames() {
    assertThat(
            List.of(Metric.f1(0), Metric.f1(1), Metric.precision(0), Metric.recall(0)).stream()
                .map(Metric::name))
        .containsExactly(
            "F1 of class 0", "F1 of class 1", "precision of class 0", "recall of class 0");
    assertThatThrownBy(() -> Metric.f1(-1))
        .hasMessage("[metric] expected the id of a class, at least 0, got -1 for F1");
  }

  /** A row with NaN or only -Infinity predicts no class; an infinite logit is predicted. */
  @Test
  void predictionsFromNanLogitsAreWrong() {
    float inf = Float.POSITIVE_INFINITY;
    Tensor logits = Tensor.of(Shape.of(4, 2), Float.NaN, 1f, 1f, Float.NaN, -inf, -inf, 0f, inf);
    Tensor targets = Tensor.of(Shape.of(4), 0, 1, 0, 1);
    Metric.Observation o = new Metric.Observation(1, 4, logits, targets);
    assertThat(value(Metric.accuracy(), o)).isEqualTo(0.25);
    assertThat(value(Metric.precision(0), o)).isZero();
    assertThat(value(Metric.recall(1), o)).isEqualTo(0.5);
  }

  @Test
  void invalidClassIdsAreRefused() {
    Tensor logits = Tensor.zeros(DType.FLOAT32, Shape.of(3, 2));
    for (Metric m :
        List.of(Metric.accuracy(), Metric.f1(1), Metric.precision(1), Metric.recall(1))) {
      Tensor floats = Tensor.of(Shape.of(3), 0f, 0.9f, Float.NaN);
      assertThatThrownBy(() -> m.sums(new Metric.Observation(1, 3, logits, floats)))
          .hasMessage("[metric] expected class ids as int32, got targets float32[3]");
      Tensor outside = Tensor.of(Shape.of(3), 0, 2, 1);
      assertThatThrownBy(() -> m.sums(new Metric.Observation(1, 3, logits, outside)))
          .hasMessage("[metric] expected class ids from 0 to 1, or -1 for no target, got 2 at [1]");
    }
    Tensor ids = Tensor.of(Shape.of(3, 2), 0, 1, 1, 0, 0, 0);
    assertThatThrownBy(() -> Metric.mae().sums(new Metric.Observation(1, 3, logits, ids)))
        .hasMessage("[metric] expected floating-point targets, got int32[3, 2]");
  }

  @Test
  void valuesNearTheTargetsAreCounted() {
    Metric near = Metric.within(0.1);
    Tensor output = Tensor.of(Shape.of(4), 1f, 1.05f, 1.5f, 7f);
    Tensor targets = Tensor.of(Shape.of(4), 1f, 1f, 1f, Float.NaN);
    double[] sums = near.sums(new Metric.Observation(0, 1, output, targets));
    assertThat(near.value(sums)).isEqualTo(2.0 / 3);
    assertThat(near.isBetter(1, 0)).isTrue();
    assertThat(near).hasToString("within 0.1");
    assertThatThrownBy(() -> Metric.within(Double.NaN))
        .hasMessage("[metric] expected a tolerance above 0, got NaN");
  }
}
