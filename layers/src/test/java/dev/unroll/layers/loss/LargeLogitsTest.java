package dev.unroll.layers.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Equal logits give the logarithm of the number of classes, however large they are. */
class LargeLogitsTest {
  @ParameterizedTest
  @CsvSource({"FLOAT32, 1e8, 3e-7", "FLOAT32, -1e30, 3e-7", "FLOAT64, 1e16, 2e-15"})
  void everyOptionOfCrossEntropyIsExact(DType type, double logit, double error) {
    Tensor targets = Tensor.of(Shape.of(2, 2), 0, 2, -1, 1);
    for (CrossEntropy loss :
        List.of(
            Loss.crossEntropy(),
            Loss.crossEntropy().smoothed(0.25),
            Loss.crossEntropy().ignoring(1),
            Loss.crossEntropy().weighted(1, 2, 3))) {
      Parameter x = new Parameter(Tensor.full(type, Shape.of(2, 2, 3), logit).contiguous());
      Variable total = loss.of(x, targets);
      assertThat(total.value().item()).as("%s", loss).isCloseTo(Math.log(3), within(error));
      double[] g = Gradients.of(total, List.of(x)).get(x).dense().toDoubles();
      for (int row = 0; row < 4; row++) {
        double sum = g[3 * row] + g[3 * row + 1] + g[3 * row + 2];
        assertThat(sum).as("%s", loss).isCloseTo(0, within(error));
      }
      assertThat(g[0]).as("%s", loss).isLessThan(-0.05);
    }
  }
}
