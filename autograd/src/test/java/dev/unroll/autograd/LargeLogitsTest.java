package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Log-probabilities and losses of logits that are large, step by step and in a plan. */
class LargeLogitsTest {
  private static final double LOG_3 = Math.log(3);

  @ParameterizedTest
  @CsvSource({"FLOAT32, 1e8, 2e-7", "FLOAT64, 1e16, 1e-15"})
  void plannedAndEagerStepsAreExact(DType type, double logit, double error) {
    Scan eager = Scan.forward().eager();
    for (Scan scan : List.of(Scan.forward(), eager)) {
      Variable xs = Variable.input(Tensor.full(type, Shape.of(4, 2, 3), logit));
      Variable h0 = Variable.of(Tensor.zeros(type, Shape.of(2, 3)));
      Variable out =
          scan.run(
                  (in, c, time) -> {
                    Variable y = in.get(0).add(c.get(0)).logSoftmax();
                    return new Scan.Result(List.of(y), List.of(c.get(0).affine(0.5, 1)));
                  },
                  List.of(xs),
                  List.of(h0),
                  0)
              .outputs()
              .getFirst();
      assertThat(scan.explain().contains("forward")).isEqualTo(scan != eager);
      for (double v : out.value().toDoubles()) {
        assertThat(v).isCloseTo(-LOG_3, within(error));
      }
      Variable seed = Variable.of(Tensor.full(type, out.shape(), 3)).mul(first(type));
      double[] g = Gradients.of(out, seed, List.of(xs)).getFirst().value().toDoubles();
      for (int i = 0; i < g.length; i++) {
        assertThat(g[i]).isCloseTo(i % 3 == 0 ? 2 : -1, within(4 * error));
      }
    }
  }

  /** 1 in the first column, else 0. */
  private static Variable first(DType type) {
    return Variable.of(Tensor.of(Shape.of(3), 1.0, 0, 0).to(type));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32, 1e8, 2e-7", "FLOAT64, 1e16, 1e-15"})
  void lossesAndTheirGradientsAreExact(DType type, double logit, double error) {
    Variable targets = Variable.of(Tensor.of(Shape.of(2), new int[] {1, 2}));
    Tensor half = Tensor.full(type, Shape.of(2), 0.5);
    Parameter x = new Parameter(Tensor.full(type, Shape.of(2, 3), logit).contiguous());
    Variable total = x.crossEntropy(targets, half);
    assertThat(total.value().item()).isCloseTo(LOG_3, within(error));
    assertThat(x.crossEntropy(targets).value().toDoubles())
        .containsExactly(new double[] {LOG_3, LOG_3}, within(error));
    assertThat(Gradients.of(total, List.of(x)).get(x).dense().toDoubles())
        .containsExactly(
            new double[] {1 / 6.0, -1 / 3.0, 1 / 6.0, 1 / 6.0, 1 / 6.0, -1 / 3.0}, within(error));
  }
}
