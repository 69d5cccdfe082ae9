package dev.unroll.layers.recurrent.cells;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.tensor.DType;
import java.util.List;
import java.util.Objects;

/**
 * The minimal gated unit: a GRU with one gate (Zhou et al. 2016, "Minimal gated unit for recurrent
 * neural networks", arXiv:1603.09420):
 *
 * <pre>
 * [f n] = x W + b
 * f' = sigmoid(f + h U)
 * n' = tanh(n + (f' h) V)
 * h' = (1 - f') h + f' n'
 * </pre>
 *
 * {@snippet class="snippets.CellsTest" region="MinimalGatedCell"}
 *
 * @param weightInput W {@code [I, 2H]}, the gate first
 * @param weightRecurrent U {@code [H, H]}
 * @param weightCandidate V {@code [H, H]}
 * @param bias b {@code [2H]}
 */
public record MinimalGatedCell(
    Parameter weightInput, Parameter weightRecurrent, Parameter weightCandidate, Parameter bias)
    implements Cell<Hidden> {

  /** Checks for null. */
  public MinimalGatedCell {
    Objects.requireNonNull(weightInput, "weightInput");
    Objects.requireNonNull(weightRecurrent, "weightRecurrent");
    Objects.requireNonNull(weightCandidate, "weightCandidate");
    Objects.requireNonNull(bias, "bias");
  }

  /** Returns a cell with Glorot input weights, orthogonal recurrent ones and a bias of zero. */
  public static MinimalGatedCell of(int inputSize, int hiddenSize, Init init) {
    Objects.requireNonNull(init, "init");
    return new MinimalGatedCell(
        init.at("weightInput").glorot(inputSize, hiddenSize, 2),
        init.at("weightRecurrent").orthogonal(hiddenSize, 1),
        init.at("weightCandidate").orthogonal(hiddenSize, 1),
        init.at("bias").zeros(2 * hiddenSize));
  }

  @Override
  public int inputSize() {
    return weightInput.shape().dim(0);
  }

  @Override
  public int outputSize() {
    return weightRecurrent.shape().dim(0);
  }

  @Override
  public Hidden initialState(int batch, DType type) {
    return new Hidden(Cell.zeros(type, batch, outputSize()));
  }

  @Override
  public Step<Hidden> step(Variable x, Hidden s, Mode mode) {
    List<Variable> in = x.matmul(weightInput).add(bias).chunk(1, 2);
    Variable f = in.get(0).add(s.h().matmul(weightRecurrent)).sigmoid();
    Variable n = in.get(1).add(f.mul(s.h()).matmul(weightCandidate)).tanh();
    Variable h = s.h().add(f.mul(n.sub(s.h())));
    return new Step<>(h, new Hidden(h));
  }

  @Override
  public void describe(Parts parts) {
    parts
        .parameter("weightInput", weightInput)
        .parameter("weightRecurrent", weightRecurrent)
        .parameter("weightCandidate", weightCandidate)
        .parameter("bias", bias);
  }

  @Override
  public String toString() {
    return Cell.text(this);
  }
}
