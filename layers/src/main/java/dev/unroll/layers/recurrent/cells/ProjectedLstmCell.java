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
 * An LSTM whose output is a projection of the gated memory (Sak, Senior &amp; Beaufays 2014, "Long
 * short-term memory based recurrent neural network architectures for large vocabulary speech
 * recognition", arXiv:1402.1128):
 *
 * <pre>
 * [i f g o] = x W + h U + b
 * c' = sigmoid(f) c + sigmoid(i) tanh(g)
 * h' = (sigmoid(o) tanh(c')) P
 * </pre>
 *
 * {@snippet class="snippets.CellsTest" region="ProjectedLstmCell"}
 *
 * @param weightInput W {@code [I, 4C]}, the gates in the order i, f, g, o
 * @param weightRecurrent U {@code [H, 4C]}
 * @param bias b {@code [4C]}
 * @param projection P {@code [C, H]}
 */
public record ProjectedLstmCell(
    Parameter weightInput, Parameter weightRecurrent, Parameter bias, Parameter projection)
    implements Cell<LstmState> {

  /** Checks for null. */
  public ProjectedLstmCell {
    Objects.requireNonNull(weightInput, "weightInput");
    Objects.requireNonNull(weightRecurrent, "weightRecurrent");
    Objects.requireNonNull(bias, "bias");
    Objects.requireNonNull(projection, "projection");
  }

  /**
   * Returns a cell with Glorot weights, and the bias of {@link LstmCell#of}.
   *
   * @param memory C, the size of the memory
   * @param hiddenSize H, the size of the output
   */
  public static ProjectedLstmCell of(int inputSize, int memory, int hiddenSize, Init init) {
    Objects.requireNonNull(init, "init");
    return new ProjectedLstmCell(
        init.at("weightInput").glorot(inputSize, memory, 4),
        init.at("weightRecurrent").glorot(hiddenSize, memory, 4),
        init.at("bias").forgetBias(memory),
        init.at("projection").glorot(memory, hiddenSize, 1));
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
    return new LstmState(
        Cell.zeros(type, batch, outputSize()), Cell.zeros(type, batch, projection.shape().dim(0)));
  }

  @Override
  public Step<LstmState> step(Variable x, LstmState s, Mode mode) {
    Variable z = x.matmul(weightInput).add(s.h().matmul(weightRecurrent)).add(bias); // [B, 4C]
    List<Variable> gates = z.chunk(1, 4);
    Variable i = gates.get(0).sigmoid();
    Variable f = gates.get(1).sigmoid();
    Variable g = gates.get(2).tanh();
    Variable o = gates.get(3).sigmoid();
    Variable c = f.mul(s.c()).add(i.mul(g));
    Variable h = o.mul(c.tanh()).matmul(projection);
    return new Step<>(h, new LstmState(h, c));
  }

  @Override
  public void describe(Parts parts) {
    parts
        .parameter("weightInput", weightInput)
        .parameter("weightRecurrent", weightRecurrent)
        .parameter("bias", bias)
        .parameter("projection", projection);
  }

  @Override
  public String toString() {
    return Cell.text(this);
  }
}
