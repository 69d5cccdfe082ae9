package dev.unroll.layers.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolingTest {
  private static final double NAN = Double.NaN;

  /** Three sequences of lengths 2, 0 and 3; what is behind their ends is no number. */
  private static final Tensor X =
      Tensor.of(
          Shape.of(3, 3, 2),
          new double[] {1, -2, 3, -4, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 5, 6, -7, 8, 3, -2});

  private static double[] pooled(Pooling pooling) {
    return pooling.apply(Variable.of(X), 2, 0, 3).value().toDoubles();
  }

  @Test
  void paddingNeverCounts() {
    assertThat(pooled(Pooling.last())).containsExactly(3, -4, 0, 0, 3, -2);
    assertThat(pooled(Pooling.sum())).containsExactly(4, -6, 0, 0, 1, 12);
    assertThat(pooled(Pooling.mean())).containsExactly(2, -3, 0, 0, 1.0 / 3, 4);
    assertThat(pooled(Pooling.max())).containsExactly(3, -2, 0, 0, 5, 8);
    AttentionPooling attention =
        AttentionPooling.of(2, 3, new Init(DType.FLOAT64, RandomKey.of(1)));
    assertThat(attention.weights(Variable.of(X), 2, 0, 3).value().toDoubles())
        .satisfies(w -> {
          assertThat(w[0] + w[1]).isCloseTo(1, within(1e-15));
          assertThat(Arrays.copyOfRange(w, 2, 6)).containsOnly(0);
        });
    assertThat(pooled(attention)[2]).isZero();
  }

  @Test
  void nothingFlowsBackToPadding() {
    AttentionPooling attention =
        AttentionPooling.of(2, 3, new Init(DType.FLOAT64, RandomKey.of(1)));
    for (Pooling p :
        List.of(Pooling.last(), Pooling.sum(), Pooling.mean(), Pooling.max(), attention)) {
      Parameter x = new Parameter(X);
      Variable y = p.apply(x, 2, 0, 3);
      double[] g = Gradients.of(y.mul(y).sum(), Set.of(x)).get(x).dense().toDoubles();
      assertThat(Arrays.stream(g, 4, 12).allMatch(v -> v == 0)).isTrue();
      assertThat(Arrays.stream(g, 12, 18).anyMatch(v -> v != 0)).isTrue();
    }
  }

  @Test
  void lengthsThatDoNotFitAreRefused() {
    Variable x = Variable.of(X);
    assertThatThrownBy(() -> Pooling.mean().apply(x, 2, 4, 0))
        .hasMessage("[pooling] expected 3 lengths from 0 to 3, got [2, 4, 0]");
    assertThatThrownBy(() -> Pooling.last().apply(x.reshape(Shape.of(9, 2)), 2))
        .hasMessage("[pooling] expected [B, T, H], got [9, 2]");
  }

  @Test
  void sequencesWithoutStepsAreZeros() {
    AttentionPooling attention =
        AttentionPooling.of(2, 3, new Init(DType.FLOAT64, RandomKey.of(1)));
    for (Pooling p :
        List.of(Pooling.last(), Pooling.sum(), Pooling.mean(), Pooling.max(), attention)) {
      Variable none = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(2, 0, 2)));
      assertThat(p.apply(none, 0, 0).value().toDoubles()).containsExactly(0, 0, 0, 0);
      Variable empty = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(0, 3, 2)));
      assertThat(p.apply(empty).shape()).isEqualTo(Shape.of(0, 2));
    }
  }
}
