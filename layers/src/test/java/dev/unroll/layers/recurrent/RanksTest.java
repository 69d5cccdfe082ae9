package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.wrappers.Clipped;
import dev.unroll.layers.recurrent.wrappers.LearnedStart;
import dev.unroll.layers.recurrent.wrappers.Resettable;
import dev.unroll.layers.recurrent.wrappers.VariationalDropout;
import dev.unroll.layers.recurrent.wrappers.Zoneout;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A state may have variables of any shape [B, ...], which does not change. */
class RanksTest {
  private static final Mode MODE = Mode.evaluation();
  private static final RandomKey KEY = RandomKey.of(41);

  /** A cell whose state is one variable, with the given step. */
  private record Stepping(Shape row, BiFunction<Variable, Variable, Variable> f)
      implements Cell<Hidden> {
    @Override
    public int inputSize() {
      return 1;
    }

    @Override
    public int outputSize() {
      return 1;
    }

    @Override
    public Hidden initialState(int batch, DType type) {
      return new Hidden(Variable.of(Tensor.full(type, row.insert(0, batch), 0)));
    }

    @Override
    public Step<Hidden> step(Variable x, Hidden s, Mode mode) {
      return new Step<>(x, new Hidden(f.apply(x, s.h())));
    }

    @Override
    public void describe(Parts parts) {}
  }

  /** s' = s / 2 + 1, whatever the shape: 1, 1.5, 1.75, 1.875. */
  private static Stepping halving(int... row) {
    return new Stepping(Shape.of(row), (x, s) -> s.affine(0.5, 1));
  }

  @Test
  void aMaskTakesTheRankOfEachVariableOfTheState() {
    double[] values = {0, 1, 1.5, 1.75, 1.875};
    for (int[] row :
        new int[][] {{}, {1}, {4}, {2, 3}, {1, 2}, {4, 2}, {5, 3}, {4, 4}, {2, 4, 4}}) {
      for (int batch : new int[] {1, 2, 3, 4, 5}) {
        int[] lengths = Arrays.copyOf(new int[] {4, 1, 0, 2, 3}, batch);
        Unroll<Hidden> unroll = Unroll.of(halving(row));
        Variable x = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(batch, 4, 1)));
        Hidden start = unroll.cell().initialState(batch, DType.FLOAT64);
        for (Unroll<Hidden> u : List.of(unroll, unroll.eager(), Unroll.backward(halving(row)))) {
          Tensor last = u.apply(x, start, lengths, MODE).state().h().value();
          assertThat(last.shape()).isEqualTo(start.h().shape());
          for (int b = 0; b < batch; b++) {
            assertThat(last.select(0, b).toDoubles())
                .as("%s, row %d", last.shape(), b)
                .containsOnly(values[lengths[b]]);
          }
        }
        Tensor all = unroll.states(x, start, lengths, MODE).h().value();
        assertThat(all.shape()).isEqualTo(start.h().shape().insert(1, 4));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void wrappersKeepTheRankOfEachVariableOfTheState(int batch) {
    Init init = new Init(DType.FLOAT64, KEY);
    Cell<RanksCell.Ranks> ranks = RanksCell.of(2, 4, 3, init);
    Mode training = Mode.training(KEY);
    Cell<RanksCell.Ranks> wrapped =
        new Clipped<>(
            new Zoneout<>(new VariationalDropout<>(LearnedStart.of(ranks, init), 0.1, 0.2), 0.3),
            0.9);
    Unroll<RanksCell.Ranks> unroll = Unroll.of(new Resettable<>(wrapped));
    double[] x = KEY.normal(DType.FLOAT64, Shape.of(batch, 5, 3), 0, 1).toDoubles();
    for (int i = 2; i < x.length; i += 3) {
      x[i] = i % 2; // Which rows begin again.
    }
    Variable in = Variable.of(Tensor.of(Shape.of(batch, 5, 3), x));
    int[] lengths = Arrays.copyOf(new int[] {5, 1, 0, 2, 3}, batch);
    for (Mode mode : List.of(MODE, training)) {
      RanksCell.Ranks start = unroll.cell().initialState(batch, DType.FLOAT64);
      Recurrent.Result<RanksCell.Ranks> r = unroll.apply(in, start, lengths, mode);
      Recurrent.Result<RanksCell.Ranks> eager = unroll.eager().apply(in, start, lengths, mode);
      for (int i = 0; i < 4; i++) {
        Tensor got = r.state().variables().get(i).value();
        assertThat(got.shape()).isEqualTo(start.variables().get(i).shape());
        assertThat(got.toDoubles())
            .containsExactly(eager.state().variables().get(i).value().toDoubles(), within(1e-12));
      }
    }
    assertThat(new Zoneout<>(ranks, 0.5).noise()).isEqualTo(1 + 4 + 3 * 4 + 2 * 4);
  }

  @Test
  void aStateThatChangesItsShapeIsRefused() {
    Variable x = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(2, 3, 1)));
    Unroll<Hidden> grows =
        Unroll.of(new Stepping(Shape.of(4), (in, s) -> Variable.concat(1, s, s)));
    String message =
        "[unroll] expected variable 0 of the state after a step to be float64 [2, 4], got float64"
            + " [2, 8]";
    for (Unroll<Hidden> u : List.of(grows, grows.eager())) {
      assertThatThrownBy(() -> u.apply(x, MODE)).hasMessage(message);
      Hidden start = u.cell().initialState(2, DType.FLOAT64);
      assertThatThrownBy(() -> u.apply(x, start, new int[] {3, 1}, MODE)).hasMessage(message);
    }
    assertThatThrownBy(() -> grows.open(2, DType.FLOAT64)).hasMessage(message);
    Unroll<Hidden> broadcast =
        Unroll.of(new Stepping(Shape.of(4), (in, s) -> s.sumTo(Shape.of(2, 1))));
    assertThatThrownBy(() -> broadcast.apply(x, MODE)).hasMessageEndingWith("got float64 [2, 1]");
  }
}
