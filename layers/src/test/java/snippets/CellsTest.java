package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.Activations;
import dev.unroll.layers.recurrent.cells.CellFactory;
import dev.unroll.layers.recurrent.cells.CellProvider;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.layers.recurrent.cells.CoupledLstmCell;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.MinimalGatedCell;
import dev.unroll.layers.recurrent.cells.NormalizedLstmCell;
import dev.unroll.layers.recurrent.cells.OriginalGruCell;
import dev.unroll.layers.recurrent.cells.PeepholeLstmCell;
import dev.unroll.layers.recurrent.cells.ProjectedLstmCell;
import dev.unroll.layers.recurrent.cells.RecurrentConfig;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Examples in the Javadoc of {@code dev.unroll.layers.recurrent.cells}. */
class CellsTest {
  private final Init init = Init.seed(1);
  private final Mode mode = Mode.evaluation();
  private final Variable x =
      Variable.of(RandomKey.of(5).normal(DType.FLOAT32, Shape.of(2, 5, 4), 0, 1)); // [B, T, I]

  @Test
  void activations() {
    LstmCell c = LstmCell.of(4, 8, init);
    // @start region="Activations"
    Activation hard = // hard sigmoid, as Keras has it
        x -> Activation.relu().apply(x.affine(0.2, 0.5)).min(Variable.scalar(x.type(), 1));
    Activations activations = new Activations(hard, Activation.tanh(), Activation.tanh());
    LstmCell cell = new LstmCell(c.weightInput(), c.weightRecurrent(), c.bias(), activations);
    // @end
    assertThat(Unroll.of(cell).apply(x, mode).outputs().shape().dims()).containsExactly(2, 5, 8);
  }

  @Test
  void cells() {
    // @start region="Cells"
    Cell<?> cell = Cells.named("gru", 4, 8, init); // a GruCell
    // @end
    assertThat(cell).isInstanceOf(GruCell.class);
    assertThat(Cells.names()).contains("gru", "lstm");
  }

  @Test
  void recurrentConfig() {
    // @start region="RecurrentConfig"
    RecurrentConfig config = RecurrentConfig.of("gru", 32).layers(2).bidirectional().dropout(0.3);
    Recurrent<?> layer = config.build(8, init); // [B, T, 8] -> [B, T, 64]
    // @end
    assertThat(layer.outputSize()).isEqualTo(config.outputSize()).isEqualTo(64);
  }

  @Test
  void coupledLstmCell() {
    // @start region="CoupledLstmCell"
    Unroll<LstmState> unroll =
        Unroll.of(
            CoupledLstmCell.of(4, 8, init)); // three gates: a quarter fewer weights than an LSTM
    Variable y = unroll.apply(x, mode).outputs(); // [2, 5, 4] -> [2, 5, 8]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 8);
  }

  @Test
  void gruCell() {
    // @start region="GruCell"
    Unroll<Hidden> unroll = Unroll.of(GruCell.of(4, 8, init));
    Variable y = unroll.apply(x, mode).outputs(); // [2, 5, 4] -> [2, 5, 8]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 8);
  }

  @Test
  void lstmCell() {
    // @start region="LstmCell"
    Unroll<LstmState> unroll = Unroll.of(LstmCell.of(4, 8, init));
    Variable y = unroll.apply(x, mode).outputs(); // [2, 5, 4] -> [2, 5, 8]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 8);
  }

  @Test
  void minimalGatedCell() {
    // @start region="MinimalGatedCell"
    Unroll<Hidden> unroll = Unroll.of(MinimalGatedCell.of(4, 8, init)); // one gate
    Variable y = unroll.apply(x, mode).outputs(); // [2, 5, 4] -> [2, 5, 8]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 8);
  }

  @Test
  void normalizedLstmCell() {
    // @start region="NormalizedLstmCell"
    Unroll<LstmState> unroll = Unroll.of(NormalizedLstmCell.of(4, 8, init));
    Variable y = unroll.apply(x, mode).outputs(); // [2, 5, 4] -> [2, 5, 8]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 8);
  }

  @Test
  void originalGruCell() {
    // @start region="OriginalGruCell"
    Unroll<Hidden> unroll = Unroll.of(OriginalGruCell.of(4, 8, init));
    Variable y = unroll.apply(x, mode).outputs(); // [2, 5, 4] -> [2, 5, 8]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 8);
  }

  @Test
  void peepholeLstmCell() {
    // @start region="PeepholeLstmCell"
    Unroll<LstmState> unroll = Unroll.of(PeepholeLstmCell.of(4, 8, init));
    Variable y = unroll.apply(x, mode).outputs(); // [2, 5, 4] -> [2, 5, 8]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 8);
  }

  @Test
  void projectedLstmCell() {
    // @start region="ProjectedLstmCell"
    Unroll<LstmState> unroll =
        Unroll.of(ProjectedLstmCell.of(4, 32, 8, init)); // memory 32, output 8
    Variable y = unroll.apply(x, mode).outputs(); // [2, 5, 4] -> [2, 5, 8]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 8);
  }

  @Test
  void rnnCell() {
    // @start region="RnnCell"
    Unroll<Hidden> unroll = Unroll.of(RnnCell.of(4, 8, init));
    Variable y = unroll.apply(x, mode).outputs(); // [2, 5, 4] -> [2, 5, 8]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 8);
  }

  // @start region="CellProvider"
  /** Listed under "provides" in the module-info of its module, and in META-INF/services. */
  public static final class MyCells implements CellProvider {
    @Override
    public Map<String, CellFactory> byName() {
      return Map.of("irnn", RnnCell::rectified);
    }
  }

  // @end

  @Test
  void provider() {
    CellFactory factory = Objects.requireNonNull(new MyCells().byName().get("irnn"));
    assertThat(factory.create(4, 8, init)).isInstanceOf(RnnCell.class);
  }

  @Test
  void factory() {
    // @start region="CellFactory"
    CellFactory lstm = LstmCell::of;
    CellFactory wide = (in, out, init) -> ProjectedLstmCell.of(in, 4 * out, out, init);
    // @end
    assertThat(lstm.create(4, 8, init).outputSize()).isEqualTo(8);
    assertThat(wide.create(4, 8, init).outputSize()).isEqualTo(8);
  }
}
