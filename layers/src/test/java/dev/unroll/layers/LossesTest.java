package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.GradCheck;
import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossesTest {
  private static final Tensor LOGITS =
      RandomKey.of(4).normal(DType.FLOAT64, Shape.of(2, 3, 5), 0, 1);

  @Test
  void crossEntropyIsTheMeanOverWhatCounts() {
    Tensor targets = Tensor.of(Shape.of(2, 3), 0, 4, -1, 2, -1, -1);
    double sum = 0;
    for (int[] at : new int[][] {{0, 0, 0}, {0, 1, 4}, {1, 0, 2}}) {
      double z = 0;
      for (int v = 0; v < 5; v++) {
        z += Math.exp(LOGITS.get(at[0], at[1], v));
      }
      sum += Math.log(z) - LOGITS.get(at);
    }
    assertThat(Losses.crossEntropy(Variable.of(LOGITS), targets).value().item())
        .isCloseTo(sum / 3, within(1e-12));
    assertThat(GradCheck.check("loss", v -> Losses.crossEntropy(v.getFirst(), targets), LOGITS))
        .isEmpty();
    assertThatThrownBy(() -> Losses.crossEntropy(Variable.of(LOGITS), targets.reshape(3, 2)))
        .hasMessage("[crossEntropy] expects logits [..., V] and targets [...]: [2, 3, 5] x [3, 2]");
  }

  @Test
  void nothingToPredictIsALossOfZero() {
    Tensor targets = Tensor.of(Shape.of(2, 3), -1, -1, -1, -1, -1, -1);
    assertThat(Losses.crossEntropy(Variable.of(LOGITS), targets).value().item()).isZero();
  }

  @Test
  void embeddingSendsBackRowsAndLinearIsAProduct() {
    Init init = new Init(DType.FLOAT64, RandomKey.of(1));
    Embedding e = Embedding.of(10, 2, init.at("e"));
    Linear l = Linear.of(2, 3, init.at("l"));
    Variable ids = Variable.of(Tensor.of(Shape.of(2, 2), 1, 1, 7, 3));
    Variable y = l.apply(e.apply(ids));
    assertThat(y.shape()).isEqualTo(Shape.of(2, 2, 3));
    Parameter table = e.weight();
    Gradient g = Gradients.of(y.sum(), List.of(table)).get(table);
    assertThat(((Gradient.Sparse) g).ids().toInts()).containsExactly(1, 3, 7);
    assertThat(GradCheck.check("linear", v -> l.apply(v.getFirst()), LOGITS.slice(2, 0, 2)))
        .isEmpty();
  }

  @Test
  void orthogonalWeightsKeepLengths() {
    Tensor w = new Init(DType.FLOAT64, RandomKey.of(1)).orthogonal(20, 3).value();
    for (int p = 0; p < 3; p++) {
      Tensor part = w.slice(1, p * 20, (p + 1) * 20);
      Tensor product = part.matmul(part.transpose(0, 1));
      for (int i = 0; i < 20; i++) {
        for (int j = 0; j < 20; j++) {
          assertThat(product.get(i, j)).isCloseTo(i == j ? 1 : 0, within(1e-12));
        }
      }
    }
  }
}
