package dev.unroll.layers.recurrent.wrappers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.layers.recurrent.foreign.ForeignWeights;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The effect of each wrapper. */
class WrappersTest {
  private static final Mode MODE = Mode.evaluation();
  private static final Init INIT = new Init(DType.FLOAT64, RandomKey.of(6));

  private static Tensor input(int batch, int steps, int size) {
    return RandomKey.of(7).normal(DType.FLOAT64, Shape.of(batch, steps, size), 0, 1);
  }

  private static void assertSame(Variable a, Variable b) {
    assertThat(a.value().sameBits(b.value())).as("%s %s", a.value(), b.value()).isTrue();
  }

  @Test
  void aResetSequenceRestartsFromTheInitialState() {
    LstmCell cell = LstmCell.of(2, 3, INIT);
    Tensor x = input(2, 6, 2);
    double[] flagged = new double[2 * 6 * 3];
    for (int i = 0; i < 12; i++) {
      flagged[3 * i] = x.toDoubles()[2 * i];
      flagged[3 * i + 1] = x.toDoubles()[2 * i + 1];
      flagged[3 * i + 2] = i == 4 ? 1 : 0; // Row 0 begins again at step 4.
    }
    Unroll<LstmState> resettable = Unroll.of(new Resettable<>(cell));
    Variable with = Variable.of(Tensor.of(Shape.of(2, 6, 3), flagged));
    Variable outputs = resettable.apply(with, MODE).outputs();
    Unroll<LstmState> plain = Unroll.of(cell);
    Variable all = plain.apply(Variable.of(x), MODE).outputs();
    Variable late = plain.apply(Variable.of(x.slice(1, 4, 6)), MODE).outputs();
    assertSame(outputs.slice(1, 0, 4), all.slice(1, 0, 4));
    assertSame(outputs.select(0, 1), all.select(0, 1));
    assertSame(outputs.select(0, 0).slice(0, 4, 6), late.select(0, 0));
  }

  @Test
  void aResidualCellAddsToItsInput() {
    GruCell cell = GruCell.of(3, 3, INIT);
    Variable x = Variable.of(input(2, 4, 3));
    Recurrent.Result<Hidden> plain = Unroll.of(cell).apply(x, MODE);
    Recurrent.Result<Hidden> residual = Unroll.of(new Residual<>(cell)).apply(x, MODE);
    assertSame(residual.outputs(), x.add(plain.outputs()));
    assertSame(residual.state().h(), plain.state().h());
  }

  @Test
  void aLearnedStartIsWhereEverySequenceBegins() {
    LearnedStart<Hidden> cell = LearnedStart.of(GruCell.of(3, 2, INIT), INIT);
    cell.start().getFirst().update(Tensor.of(Shape.of(1, 2), 0.5, -1.0));
    assertThat(cell.initialState(3, DType.FLOAT64).h().value().toDoubles())
        .containsExactly(0.5, -1, 0.5, -1, 0.5, -1);
    assertThat(cell.parameters()).containsKeys("cell.weightInput", "start0");
  }

  @Test
  void aClippedStateStaysWithinItsLimits() {
    Clipped<LstmState> cell = new Clipped<>(LstmCell.of(3, 4, INIT), 0.1);
    LstmState s = Unroll.of(cell).apply(Variable.of(input(2, 9, 3)).mul(9), MODE).state();
    double[] c = s.c().value().toDoubles();
    assertThat(Arrays.stream(c).map(Math::abs).max().orElseThrow()).isEqualTo(0.1);
  }

  @Test
  void bidirectionalReadsFromBothEnds() {
    RnnCell one = RnnCell.of(3, 2, INIT.at("one"));
    RnnCell other = RnnCell.of(3, 2, INIT.at("other"));
    Bidirectional<Hidden> pair = Bidirectional.of(one, other);
    Variable x = Variable.of(input(2, 5, 3));
    Recurrent.Result<Bidirectional.States<Hidden>> r = pair.apply(x, new int[] {5, 2}, MODE);
    assertThat(r.outputs().shape()).isEqualTo(Shape.of(2, 5, 4));
    assertSame(
        r.outputs().select(0, 0).select(0, 4).slice(0, 0, 2), r.state().forward().h().select(0, 0));
    assertSame(
        r.outputs().select(0, 0).select(0, 0).slice(0, 2, 4),
        r.state().backward().h().select(0, 0));
    assertSame(pair.apply(x, MODE).outputs().select(0, 0), r.outputs().select(0, 0));
    assertThat(pair.parameters())
        .containsKeys("forward.cell.weightInput", "backward.cell.weightInput");
  }

  @Test
  void statesReturnsTheStateAfterEveryStep() {
    Unroll<LstmState> unroll = Unroll.of(LstmCell.of(3, 2, INIT));
    Variable x = Variable.of(input(2, 4, 3));
    LstmState start = unroll.cell().initialState(2, DType.FLOAT64);
    LstmState all = unroll.states(x, start, new int[] {4, 2}, MODE);
    assertThat(all.c().shape()).isEqualTo(Shape.of(2, 4, 2));
    Recurrent.Result<LstmState> r = unroll.apply(x, start, new int[] {4, 2}, MODE);
    assertSame(all.h(), r.outputs());
    assertSame(all.c().select(0, 0).select(0, 3), r.state().c().select(0, 0));
    assertSame(all.c().select(0, 1).select(0, 1), r.state().c().select(0, 1));
    assertThat(all.c().select(0, 1).select(0, 2).value().toDoubles()).containsOnly(0);
  }

  @Test
  void maskedStepsAreNotComputed() {
    Unroll<Hidden> unroll = Unroll.of(GruCell.of(3, 2, INIT));
    Tensor x = input(1, 4, 3);
    Hidden start = unroll.cell().initialState(1, DType.FLOAT64);
    Tensor mask = Tensor.of(Shape.of(1, 4), 1, 0, 1, 0);
    Recurrent.Result<Hidden> holes = unroll.apply(Variable.of(x), start, mask, MODE);
    Variable taken =
        Variable.concat(1, Variable.of(x.slice(1, 0, 1)), Variable.of(x.slice(1, 2, 3)));
    Recurrent.Result<Hidden> without = unroll.apply(taken, MODE);
    assertSame(holes.state().h(), without.state().h());
    assertSame(holes.outputs().select(1, 2), without.outputs().select(1, 1));
    assertThat(holes.outputs().select(1, 1).value().toDoubles()).containsOnly(0);
  }

  @Test
  void mismatchedSizesAreRefused() {
    Unroll<Hidden> unroll = Unroll.of(GruCell.of(3, 2, INIT));
    Variable x = Variable.of(input(2, 4, 3));
    Hidden three = unroll.cell().initialState(3, DType.FLOAT64);
    assertThatThrownBy(() -> unroll.apply(x, three, MODE))
        .hasMessage("[unroll] expected a state of 2 sequences, got [3, 2]");
    Hidden two = unroll.cell().initialState(2, DType.FLOAT64);
    assertThatThrownBy(() -> unroll.apply(x, two, new int[] {-1, 2}, MODE))
        .hasMessage("[unroll] expected 2 lengths from 0 to 4, got [-1, 2]");
    assertThatThrownBy(() -> unroll.apply(x, two, new int[] {5, 2}, MODE))
        .hasMessage("[unroll] expected 2 lengths from 0 to 4, got [5, 2]");
    Tensor flat = Tensor.zeros(DType.FLOAT64, Shape.of(4));
    assertThatThrownBy(() -> unroll.apply(x, two, flat, MODE))
        .hasMessage("[unroll] expected a mask [2, 4], got [4]");
    assertThatThrownBy(
            () -> ForeignWeights.PYTORCH.lstm(input(1, 4, 1), two.h().value(), flat, flat))
        .hasMessage("[foreignWeights] lstm: expected w of rank 2, got [1, 4, 1]");
  }

  @Test
  void chronoBiasesSetTheTimeScale() {
    double[] b = INIT.chronoBias(100, 50).value().toDoubles();
    for (int i = 0; i < 100; i++) {
      assertThat(b[100 + i]).isBetween(0.0, Math.log(49));
      assertThat(b[i]).isEqualTo(-b[100 + i]);
      assertThat(b[200 + i]).isZero();
    }
    assertThatThrownBy(() -> INIT.chronoBias(1, 2))
        .hasMessage("[chronoBias] expected a longest of at least 3, got 2");
  }
}
