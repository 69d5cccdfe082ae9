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
 * The gated recurrent unit (Cho et al. 2014, arXiv:1406.1078), with the reset gate applied after
 * the recurrent product, so that there is a single recurrent product:
 *
 * <pre>
 * [r z n] = x W + b,  [r' z' n'] = h U
 * n'' = tanh(n + sigmoid(r + r') (n' + c))
 * h'  = (1 - sigmoid(z + z')) n'' + sigmoid(z + z') h
 * </pre>
 *
 * {@snippet class="snippets.CellsTest" region="GruCell"}
 *
 * @param weightInput W {@code [I, 3H]}, the gates in the order r, z, n
 * @param weightRecurrent U {@code [H, 3H]}
 * @param bias b {@code [3H]}
 * @param biasCandidate c {@code [H]}, added to the recurrent part of the candidate before the reset
 */
public record GruCell(
    Parameter weightInput, Parameter weightRecurrent, Parameter bias, Parameter biasCandidate)
    implements Cell<Hidden> {

  /** Checks for null. */
  public GruCell {
    Objects.requireNonNull(weightInput, "weightInput");
    Objects.requireNonNull(weightRecurrent, "weightRecurrent");
    Objects.requireNonNull(bias, "bias");
    Objects.requireNonNull(biasCandidate, "biasCandidate");
  }

  /** Returns a cell with Glorot input weights, orthogonal recurrent ones and biases of zero. */
  public static GruCell of(int inputSize, int hiddenSize, Init init) {
    Objects.requireNonNull(init, "init");
    return new GruCell(
        init.at("weightInput").glorot(inputSize, hiddenSize, 3),
        init.at("weightRecurrent").orthogonal(hiddenSize, 3),
        init.at("bias").zeros(3 * hiddenSize),
        init.at("biasCandidate").zeros(hiddenSize));
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
    List<Variable> in = x.matmul(weightInput).add(bias).chunk(1, 3);
    List<Variable> past = s.h().matmul(weightRecurrent).chunk(1, 3);
    Variable r = in.get(0).add(past.get(0)).sigmoid();
    Variable z = in.get(1).add(past.get(1)).sigmoid();
    Variable n = in.get(2).add(r.mul(past.get(2).add(biasCandidate))).tanh();
    Variable h = n.add(z.mul(s.h().sub(n))); // (1 - z) n + z h
    return new Step<>(h, new Hidden(h));
  }

  @Override
  public void describe(Parts parts) {
    parts
        .parameter("weightInput", weightInput)
        .parameter("weightRecurrent", weightRecurrent)
        .parameter("bias", bias)
        .parameter("biasCandidate", biasCandidate);
  }

  @Override
  public String toString() {
    return Cell.text(this);
  }
}
