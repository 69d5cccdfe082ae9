package dev.unroll.layers.sequence.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.check.CellContract;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells that look back are cells as any other, and look where they should. */
class AttentionCellTest {
  private static final RandomKey KEY = RandomKey.of(31);
  private static final int M = 3;
  private static final int S = 4;

  /** A cell that looks at the same memory whenever it begins. */
  private record Reader<T extends State<T>>(AttentionCell<T> cell) implements Cell<Attending<T>> {
    @Override
    public int inputSize() {
      return cell.inputSize();
    }

    @Override
    public int outputSize() {
      return cell.outputSize();
    }

    @Override
    public Attending<T> initialState(int batch, DType type) {
      Tensor memory = KEY.normal(type, Shape.of(batch, S, M), 0, 1);
      int[] lengths = new int[batch];
      Arrays.setAll(lengths, b -> b % 2 == 0 ? S : 2);
      return cell.start(cell.cell().initialState(batch, type), Variable.of(memory), lengths);
    }

    @Override
    public Step<Attending<T>> step(Variable x, Attending<T> state, Mode mode) {
      return cell.step(x, state, mode);
    }

    @Override
    public void describe(Parts parts) {
      parts.layer("cell", cell);
    }
  }

  private static Reader<?> reader(String name, Init init) {
    return switch (name) {
      case "bahdanau" ->
          new Reader<>(
              new BahdanauCell<>(
                  GruCell.of(2 + M, 5, init.at("cell")),
                  AdditiveAttention.of(5, M, 4, init.at("attention")),
                  M));
      case "luong-general" ->
          new Reader<>(
              LuongCell.of(
                  LstmCell.of(2 + 5, 5, init.at("cell")),
                  GeneralAttention.of(5, M, init.at("attention")),
                  M,
                  init));
      case "luong-dot" ->
          new Reader<>(
              LuongCell.of(LstmCell.of(2 + M, M, init.at("cell")), new DotAttention(), M, init));
      default -> throw new IllegalArgumentException(name);
    };
  }

  /**
   * What the memory is made of, the start makes once: only the keys' weight has no gradient here.
   */
  @ParameterizedTest
  @ValueSource(strings = {"bahdanau", "luong-general", "luong-dot"})
  void theContractOfCellsHolds(String name) {
    assertThat(CellContract.violations(init -> reader(name, init))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bahdanau", "luong-general", "luong-dot"})
  void theStepIsPlanned(String name) {
    Unroll<?> unroll = Unroll.of(reader(name, new Init(DType.FLOAT32, KEY)));
    unroll.apply(
        Variable.input(KEY.normal(DType.FLOAT32, Shape.of(2, 6, 2), 0, 1)), Mode.evaluation());
    assertThat(unroll.explain()).doesNotContain("step by step");
  }

  @Test
  void attentionIgnoresPadding() {
    Init init = new Init(DType.FLOAT64, KEY);
    BahdanauCell<Hidden> cell =
        new BahdanauCell<>(
            GruCell.of(2 + M, 5, init.at("cell")), AdditiveAttention.of(5, M, 4, init), M);
    Variable memory = Variable.of(KEY.normal(DType.FLOAT64, Shape.of(2, S, M), 0, 1));
    Attending<Hidden> start = cell.start(cell.cell().initialState(2, DType.FLOAT64), memory, 2, 0);
    Variable x = Variable.of(KEY.normal(DType.FLOAT64, Shape.of(2, 2), 0, 1));
    Attending<Hidden> after = cell.step(x, start, Mode.evaluation()).state();
    double[] weights = after.weights().value().toDoubles();
    assertThat(weights[0] + weights[1]).isCloseTo(1, within(1e-12));
    assertThat(Arrays.copyOfRange(weights, 2, 8)).containsOnly(0);
    double[] context = after.vector().value().toDoubles();
    for (int m = 0; m < M; m++) {
      double mean = 0;
      for (int s = 0; s < 2; s++) {
        mean += weights[s] * memory.value().get(0, s, m);
      }
      assertThat(context[m]).isCloseTo(mean, within(1e-12));
      assertThat(context[M + m]).isZero();
    }
  }

  @Test
  void theInitialStateRequiresAMemory() {
    Init init = Init.seed(1);
    AttentionCell<Hidden> cell =
        new BahdanauCell<>(GruCell.of(5, 5, init), AdditiveAttention.of(5, M, 4, init), M);
    assertThatThrownBy(() -> cell.initialState(1, DType.FLOAT32))
        .hasMessage("[attention] there is no memory yet: use start(inner, memory, lengths)");
    assertThatThrownBy(() -> new BahdanauCell<>(GruCell.of(3, 5, init), new DotAttention(), 3))
        .hasMessage("[attention] the cell must read an input and a context of size 3, it reads 3");
    assertThatThrownBy(() -> LuongCell.of(GruCell.of(5, 5, init), new DotAttention(), 3, init))
        .hasMessage("[attention] the cell must read an input and a vector of size 5, it reads 5");
  }
}
