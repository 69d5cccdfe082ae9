package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.RecurrentStack;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.layers.recurrent.check.CellContract;
import dev.unroll.layers.recurrent.diagnostics.GradientFlow;
import dev.unroll.layers.recurrent.foreign.ForeignWeights;
import dev.unroll.layers.recurrent.foreign.PyTorchWeights;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Examples in the Javadoc of the packages that check, diagnose and import cells. */
class CheckTest {
  private final Init init = Init.seed(1);

  private static Tensor random(int... dims) {
    return RandomKey.of(5).normal(DType.FLOAT32, Shape.of(dims), 0, 1);
  }

  @Test
  void cellContract() {
    // @start region="CellContract"
    List<String> violations = CellContract.violations(init -> GruCell.of(3, 4, init));
    assertThat(violations).isEmpty();
    // @end
  }

  @Test
  void gradientFlow() {
    Tensor x = random(2, 20, 4);
    // @start region="GradientFlow"
    Unroll<?> unroll = Unroll.of(RnnCell.of(4, 8, init));
    GradientFlow flow =
        GradientFlow.of(
            unroll, x, Mode.evaluation(), y -> y.select(1, 19).sum()); // the last output
    double kept = flow.ratio(); // near 0 if the gradient has vanished at the first step
    String plot = flow.toText(10);
    // @end
    assertThat(kept).isPositive();
    assertThat(plot.lines().count()).isBetween(1L, 12L);
  }

  @Test
  void foreignWeights() {
    Map<String, Tensor> file =
        Map.of("rnn.weight_ih_l0", random(32, 4), "rnn.weight_hh_l0", random(32, 8));
    // @start region="ForeignWeights"
    Tensor w = file.get("rnn.weight_ih_l0"); // [4H, I]
    Tensor u = file.get("rnn.weight_hh_l0"); // [4H, H]
    LstmCell cell = ForeignWeights.PYTORCH.lstm(w, u); // without biases
    // @end
    assertThat(cell.inputSize()).isEqualTo(4);
    assertThat(cell.outputSize()).isEqualTo(8);
  }

  @Test
  void pyTorchWeights() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.putAll(
        PyTorchWeights.save(
            "encoder.rnn", RecurrentStack.of(Unroll.of(LstmCell.of(4, 8, init.at("cell"))))));
    tensors.putAll(PyTorchWeights.save("head", Linear.of(8, 2, init.at("head"))));
    // @start region="PyTorchWeights"
    PyTorchWeights weights = new PyTorchWeights(tensors); // Safetensors.read(file).tensors()
    RecurrentStack encoder = weights.lstm("encoder.rnn");
    Linear head = weights.linear("head");
    // @end
    assertThat(encoder.outputSize()).isEqualTo(8);
    assertThat(head.weight().shape().dims()).containsExactly(8, 2);
  }
}
