package dev.unroll.layers.recurrent.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Parameter;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientFlowTest {
  /** h' = h / 2 + x: each step halves the gradient. */
  private static RnnCell halving() {
    return new RnnCell(
        new Parameter(Tensor.full(DType.FLOAT64, Shape.of(1, 1), 1)),
        new Parameter(Tensor.full(DType.FLOAT64, Shape.of(1, 1), 0.5)),
        new Parameter(Tensor.zeros(DType.FLOAT64, Shape.of(1))),
        Activation.identity());
  }

  private static GradientFlow flow(RnnCell cell, int steps) {
    Tensor x = Tensor.full(DType.FLOAT64, Shape.of(1, steps, 1), 1);
    return GradientFlow.of(
        Unroll.of(cell), x, Mode.evaluation(), out -> out.select(1, steps - 1).sum());
  }

  @Test
  void halvingStepsHalveTheGradient() {
    GradientFlow flow = flow(halving(), 4);
    assertThat(flow.norms()).containsExactly(0.125, 0.25, 0.5, 1.0);
    assertThat(flow.ratio()).isEqualTo(0.125);
  }

  @Test
  void theTextHasALineForEachStepAsked() {
    String text = flow(halving(), 41).toText(5);
    assertThat(text).hasLineCount(5);
    assertThat(text.lines().toList().getFirst()).isEqualTo("    1   9.09e-13  ");
    assertThat(text.lines().toList().getLast()).isEqualTo("   41   1.00e+00  " + "#".repeat(50));
    assertThat(new GradientFlow(List.of(0.0, 0.0)).toText(2)).hasLineCount(2);
  }

  @Test
  void theIdentityPreservesTheNorm() {
    Init init = new Init(DType.FLOAT64, RandomKey.of(1));
    RnnCell cell = RnnCell.rectified(1, 3, init);
    RnnCell open =
        new RnnCell(init.full(1, 1, 3), cell.weightRecurrent(), cell.bias(), cell.activation());
    assertThat(flow(open, 50).ratio()).isCloseTo(1, within(1e-12));
  }
}
