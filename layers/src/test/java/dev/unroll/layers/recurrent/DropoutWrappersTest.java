package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.layers.recurrent.wrappers.Clipped;
import dev.unroll.layers.recurrent.wrappers.InputDropout;
import dev.unroll.layers.recurrent.wrappers.Residual;
import dev.unroll.layers.recurrent.wrappers.VariationalDropout;
import dev.unroll.layers.recurrent.wrappers.Zoneout;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dropout and zoneout: the rates, the scale, and when numbers are sampled. */
class DropoutWrappersTest {
  private static final RandomKey KEY = RandomKey.of(8);
  private static final Mode TRAINING = Mode.training(KEY);
  private static final int H = 40;

  /** A cell that outputs its input and carries it: h' = x. */
  private static RnnCell passing() {
    Init init = new Init(DType.FLOAT64, KEY);
    return new RnnCell(init.identity(H), init.zeros(H, H), init.zeros(H), Activation.identity());
  }

  private static Variable ones(int batch, int steps) {
    return Variable.of(Tensor.full(DType.FLOAT64, Shape.of(batch, steps, H), 1));
  }

  private static double[] outputs(Cell<Hidden> cell, int batch, int steps, Mode mode) {
    return Unroll.of(cell).apply(ones(batch, steps), mode).outputs().value().toDoubles();
  }

  @Test
  void inputDropoutSamplesEachStepAndScalesUp() {
    Cell<Hidden> cell = new InputDropout<>(passing(), 0.25);
    double[] y = outputs(cell, 5, 20, TRAINING);
    assertThat(Arrays.stream(y).distinct().sorted().toArray()).containsExactly(0, 1 / 0.75);
    double dropped = Arrays.stream(y).filter(v -> v == 0).count() / (double) y.length;
    assertThat(dropped).isCloseTo(0.25, within(0.03));
    assertThat(Arrays.copyOfRange(y, 0, H)).isNotEqualTo(Arrays.copyOfRange(y, H, 2 * H));
    assertThat(outputs(cell, 5, 20, Mode.evaluation())).containsOnly(1);
  }

  @Test
  void variationalDropoutUsesOneMaskForAllSteps() {
    double[] y = outputs(new VariationalDropout<>(passing(), 0.5, 0), 1, 3, TRAINING);
    assertThat(Arrays.stream(y).distinct().sorted().toArray()).containsExactly(0, 2);
    assertThat(Arrays.copyOfRange(y, 0, H)).isEqualTo(Arrays.copyOfRange(y, H, 2 * H));
    assertThat(Arrays.copyOfRange(y, 0, H)).isEqualTo(Arrays.copyOfRange(y, 2 * H, 3 * H));
  }

  @Test
  void zoneoutPreservesElementsInTrainingAndAveragesInEvaluation() {
    Cell<Hidden> cell = new Zoneout<>(passing(), 0.25);
    double[] first = outputs(cell, 50, 1, TRAINING);
    double kept = Arrays.stream(first).filter(v -> v == 0).count() / (double) first.length;
    assertThat(kept).isCloseTo(0.25, within(0.03)); // The state begins at 0, the input is 1.
    double[] used = outputs(cell, 1, 2, Mode.evaluation());
    assertThat(Arrays.copyOf(used, H)).containsOnly(0.75);
    assertThat(Arrays.copyOfRange(used, H, 2 * H)).containsOnly(0.25 * 0.75 + 0.75);
  }

  @Test
  void noiseDependsOnlyOnTimeRowAndColumn() {
    Unroll<Hidden> unroll = Unroll.of(new InputDropout<>(passing(), 0.5));
    Tensor five = unroll.apply(ones(5, 6), TRAINING).outputs().value();
    Tensor two = unroll.apply(ones(2, 4), TRAINING).outputs().value();
    assertThat(five.slice(0, 0, 2).slice(1, 0, 4).toDoubles()).isEqualTo(two.toDoubles());
    Tensor later = unroll.from(4).apply(ones(5, 2), TRAINING).outputs().value();
    assertThat(later.toDoubles()).isEqualTo(five.slice(1, 4, 6).toDoubles());
    Tensor back = Unroll.backward(unroll.cell()).apply(ones(5, 6), TRAINING).outputs().value();
    assertThat(back.toDoubles()).isEqualTo(five.toDoubles());
  }

  @Test
  void layersOfAStackDrawIndependently() {
    Stacked stack =
        new Stacked(
            List.of(
                new InputDropout<>(passing(), 0.5),
                new VariationalDropout<>(passing(), 0.5, 0),
                new InputDropout<>(passing(), 0.5)));
    assertThat(stack.noise()).isEqualTo(2 * H);
    double[] y = Unroll.of(stack).apply(ones(10, 10), TRAINING).outputs().value().toDoubles();
    // Three factors of 1/2: an eighth remains.
    double left = Arrays.stream(y).filter(v -> v == 8).count() / (double) y.length;
    assertThat(left).isCloseTo(1 / 8.0, within(0.03));
  }

  @Test
  void stepsWithNoiseArePlanned() {
    Unroll<Hidden> unroll =
        Unroll.of(new Zoneout<>(GruCell.of(H, 6, new Init(DType.FLOAT64, KEY)), 0.3));
    Variable x = ones(3, 7);
    double[] planned = unroll.apply(x, TRAINING).outputs().value().toDoubles();
    assertThat(unroll.explain()).contains("loop");
    double[] eager = unroll.eager().apply(x, TRAINING).outputs().value().toDoubles();
    assertThat(planned).containsExactly(eager, within(1e-12));
  }

  @Test
  void aStepOutsideAnUnrollRequiresNoise() {
    Cell<Hidden> cell = new InputDropout<>(passing(), 0.5);
    Variable x = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(1, H), 1));
    Hidden s = cell.initialState(1, DType.FLOAT64);
    assertThatThrownBy(() -> cell.step(x, s, TRAINING))
        .hasMessage(
            "[mode] the cell draws 40 numbers at each step: unroll it, or supply them by Mode.Training.withNoise");
    Mode.Training brought = new Mode.Training(KEY, x);
    assertThat(cell.step(x, s, brought).output().value().toDoubles()).containsOnly(2);
  }

  @Test
  void ratesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Zoneout<>(passing(), 1))
        .hasMessage("[zoneout] expected a rate of at least 0 and below 1, got 1.0");
    assertThatThrownBy(() -> new InputDropout<>(passing(), -0.1))
        .hasMessage("[inputDropout] expected a rate of at least 0 and below 1, got -0.1");
    assertThatThrownBy(() -> new VariationalDropout<>(passing(), 0, 1))
        .hasMessage(
            "[variationalDropout] expected rates of at least 0 and below 1, got 0.0 and 1.0");
    assertThatThrownBy(() -> new Clipped<>(passing(), 0))
        .hasMessage("[clipped] expected a limit above 0, got 0.0");
    RnnCell wide = RnnCell.of(3, 4, Init.seed(1));
    assertThatThrownBy(() -> new Residual<>(wide))
        .hasMessage("[residual] expected a cell of equal input and output size, got 3 and 4");
  }
}
