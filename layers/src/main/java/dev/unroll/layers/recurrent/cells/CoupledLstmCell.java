package dev.unroll.layers.recurrent.cells;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.tensor.DType;
import java.util.List;
import java.util.Objects;

/**
 * An LSTM with coupled input and forget gates, with a quarter fewer parameters (Greff et al. 2017,
 * "LSTM: a search space odyssey", arXiv:1503.04069, CIFG):
 *
 * <pre>
 * [i g o] = x W + h U + b
 * c' = (1 - sigmoid(i)) c + sigmoid(i) tanh(g)
 * h' = sigmoid(o) tanh(c')
 * </pre>
 *
 * {@snippet class="snippets.CellsTest" region="CoupledLstmCell"}
 *
 * @param weightInput W {@code [I, 3H]}, the gates in the order i, g, o
 * @param weightRecurrent U {@code [H, 3H]}
 * @param bias b {@code [3H]}
 */
public record CoupledLstmCell(Parameter weightInput, Parameter weightRecurrent, Parameter bias)
    implements Cell<LstmState> {

  /** Checks for null. */
  public CoupledLstmCell {
    Objects.requireNonNull(weightInput, "weightInput");
    Objects.requireNonNull(weightRecurrent, "weightRecurrent");
    Objects.requireNonNull(bias, "bias");
  }

  /** Returns a cell with Glorot input weights, orthogonal recurrent ones and a bias of zero. */
  public static CoupledLstmCell of(int inputSize, int hiddenSize, Init init) {
    Objects.requireNonNull(init, "init");
    return new CoupledLstmCell(
        init.at("weightInput").glorot(inputSize, hiddenSize, 3),
        init.at("weightRecurrent").orthogonal(hiddenSize, 3),
        init.at("bias").zeros(3 * hiddenSize));
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
  public LstmState initialState(int batch, DType type) {
    Variable zeros = Cell.zeros(type, batch, outputSize());
    return new LstmState(zeros, zeros);
  }

  @Override
  public Step<LstmState> step(Variable x, LstmState s, Mode mode) {
    Variable z = x.matmul(weightInput).add(s.h().matmul(weightRecurrent)).add(bias); // [B, 3H]
    List<Variable> gates = z.chunk(1, 3);
    Variable i = gates.get(0).sigmoid();
    Variable g = gates.get(1).tanh();
    Variable o = gates.get(2).sigmoid();
    Variable c = s.c().add(i.mul(g.sub(s.c())));
    Variable h = o.mul(c.tanh());
    return new Step<>(h, new LstmState(h, c));
  }

  @Override
  public void describe(Parts parts) {
    parts
        .parameter("weightInput", weightInput)
        .parameter("weightRecurrent", weightRecurrent)
        .parameter("bias", bias);
  }

  @Override
  public String toString() {
    return Cell.text(this);
  }
}
