package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class TotalCrossEntropyTest {
  private static final Tensor X = RandomKey.of(7).normal(DType.FLOAT64, Shape.of(4, 5), 0, 2);
  private static final Variable TARGETS = Variable.of(Tensor.of(Shape.of(4), 3, -1, 0, 4));
  private static final Tensor WEIGHTS = Tensor.of(Shape.of(4), 0.5, 2.0, 0.25, 1.5);

  private static Variable total(Variable x) {
    return x.crossEntropy(TARGETS, WEIGHTS);
  }

  private static Variable byRows(Variable x) {
    return x.crossEntropy(TARGETS).mul(Variable.of(WEIGHTS)).sum();
  }

  private static Tensor gradient(Variable x, Variable loss) {
    Variable one = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(), 1));
    return Gradients.of(loss, one, List.of(x)).getFirst().value();
  }

  private static void assertClose(Tensor found, Tensor expected) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < expected.shape().size(); i++) {
      assertThat(found.toDoubles()[i]).isCloseTo(expected.toDoubles()[i], within(1e-14));
    }
  }

  @Test
  void itIsTheWeightedSumOfTheRows() {
    Parameter x = new Parameter(X);
    assertThat(total(x).value().sameBits(byRows(Variable.of(X)).value())).isTrue();
    assertThat(total(x).requiresGradient()).isTrue();
    assertThat(Graph.of(total(x)).text()).contains(" crossEntropy[0](");
    assertThat(Variable.withoutGradient(() -> total(x)).value().item())
        .isEqualTo(total(x).value().item());
  }

  @Test
  void theGradientIsThatOfTheRowsWhateverIsDoneWithTheSum() {
    Parameter x = new Parameter(X);
    Gradient plain = Gradients.of(total(x), List.of(x)).get(x);
    Gradient scaled = Gradients.of(total(x).affine(-3, 1), List.of(x)).get(x);
    assertClose(dense(plain), gradient(x, byRows(x)));
    assertClose(dense(scaled), gradient(x, byRows(x).affine(-3, 1)));
  }

  @Test
  void theGradientCanBeAskedForAgainAndDifferentiated() {
    Parameter x = new Parameter(X);
    Variable loss = total(x);
    assertClose(gradient(x, loss), gradient(x, byRows(x)));
    assertClose(gradient(x, loss), gradient(x, byRows(x)));
    assertThat(GradCheck.check("total", in -> total(in.getFirst()), X)).isEmpty();
    assertThat(GradCheck.checkSecondOrder("total", in -> total(in.getFirst()), X)).isEmpty();
  }

  @Test
  void weightsOfAnotherShapeAreRefused() {
    Parameter x = new Parameter(X);
    for (Variable logits : List.of(x, Variable.of(X))) {
      assertThatThrownBy(() -> logits.crossEntropy(TARGETS, Tensor.of(Shape.of(1), 1.0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("[crossEntropy] expected a weight for each row, got [4, 5] x [4] x [1]");
    }
  }

  private static Tensor dense(Gradient g) {
    return ((Gradient.Dense) g).values();
  }
}
