package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.wrappers.Clipped;
import dev.unroll.layers.recurrent.wrappers.InputDropout;
import dev.unroll.layers.recurrent.wrappers.LearnedStart;
import dev.unroll.layers.recurrent.wrappers.Resettable;
import dev.unroll.layers.recurrent.wrappers.Residual;
import dev.unroll.layers.recurrent.wrappers.VariationalDropout;
import dev.unroll.layers.recurrent.wrappers.Zoneout;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Examples in the Javadoc of {@code dev.unroll.layers.recurrent.wrappers}. */
class WrappersTest {
  private final Init init = Init.seed(1);
  private final Mode training = Mode.training(RandomKey.of(7));

  private int runs(Cell<?> cell) {
    Shape shape = Shape.of(2, 5, cell.inputSize());
    Variable x = Variable.of(RandomKey.of(5).normal(DType.FLOAT32, shape, 0, 1));
    return Unroll.of(cell).apply(x, training).outputs().shape().dim(2);
  }

  @Test
  void clipped() {
    // @start region="Clipped"
    Clipped<LstmState> cell = new Clipped<>(LstmCell.of(4, 8, init), 3);
    // @end
    assertThat(runs(cell)).isEqualTo(8);
  }

  @Test
  void inputDropout() {
    // @start region="InputDropout"
    InputDropout<LstmState> cell = new InputDropout<>(LstmCell.of(4, 8, init), 0.2);
    // @end
    assertThat(runs(cell)).isEqualTo(8);
  }

  @Test
  void learnedStart() {
    // @start region="LearnedStart"
    LearnedStart<Hidden> cell =
        LearnedStart.of(GruCell.of(4, 8, init.at("cell")), init.at("start"));
    // @end
    assertThat(runs(cell)).isEqualTo(8);
    assertThat(cell.parameters()).containsKey("start0");
  }

  @Test
  void resettable() {
    // @start region="Resettable"
    Resettable<Hidden> cell = new Resettable<>(GruCell.of(4, 8, init));
    int inputs = cell.inputSize(); // 5: the last column is 1 where the state is reset
    // @end
    assertThat(inputs).isEqualTo(5);
    Variable x = Variable.of(Tensor.full(DType.FLOAT32, Shape.of(2, 5), 1));
    assertThat(cell.step(x, cell.initialState(2, DType.FLOAT32), training).output().shape().dims())
        .containsExactly(2, 8);
  }

  @Test
  void residual() {
    // @start region="Residual"
    Residual<LstmState> cell = new Residual<>(LstmCell.of(8, 8, init));
    // @end
    assertThat(runs(cell)).isEqualTo(8);
  }

  @Test
  void variationalDropout() {
    // @start region="VariationalDropout"
    VariationalDropout<LstmState> cell =
        new VariationalDropout<>(LstmCell.of(4, 8, init), 0.2, 0.3); // of inputs, of the state
    // @end
    assertThat(runs(cell)).isEqualTo(8);
  }

  @Test
  void zoneout() {
    // @start region="Zoneout"
    Zoneout<LstmState> cell = new Zoneout<>(LstmCell.of(4, 8, init), 0.1);
    // @end
    assertThat(runs(cell)).isEqualTo(8);
  }
}
