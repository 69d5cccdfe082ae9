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
 * Long short-term memory (Hochreiter &amp; Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735) with
 * the forget gate of Gers, Schmidhuber &amp; Cummins 2000 (doi:10.1162/089976600300015015):
 *
 * <pre>
 * [i f g o] = x W + h U + b
 * c' = sigmoid(f) c + sigmoid(i) tanh(g)
 * h' = sigmoid(o) tanh(c')
 * </pre>
 *
 * {@snippet class="snippets.CellsTest" region="LstmCell"}
 *
 * @param weightInput W {@code [I, 4H]}, the gates in the order i, f, g, o
 * @param weightRecurrent U {@code [H, 4H]}
 * @param bias b {@code [4H]}
 * @param activations sigmoid, tanh and tanh above
 */
public record LstmCell(
    Parameter weightInput, Parameter weightRecurrent, Parameter bias, Activations activations)
    implements Cell<LstmState> {

  /** Checks for null. */
  public LstmCell {
    Objects.requireNonNull(weightInput, "weightInput");
    Objects.requireNonNull(weightRecurrent, "weightRecurrent");
    Objects.requireNonNull(bias, "bias");
    Objects.requireNonNull(activations, "activations");
  }

  /** Creates a cell with the activations of the papers. */
  public LstmCell(Parameter weightInput, Parameter weightRecurrent, Parameter bias) {
    this(weightInput, weightRecurrent, bias, Activations.usual());
  }

  /**
   * Returns a cell with Glorot input weights, orthogonal recurrent ones, and a bias of zero except
   * the forget gate's, which is 1, so that the cell initially remembers (Jozefowicz, Zaremba &amp;
   * Sutskever 2015).
   */
  public static LstmCell of(int inputSize, int hiddenSize, Init init) {
    Objects.requireNonNull(init, "init");
    return new LstmCell(
        init.at("weightInput").glorot(inputSize, hiddenSize, 4),
        init.at("weightRecurrent").orthogonal(hiddenSize, 4),
        init.at("bias").forgetBias(hiddenSize));
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
    Variable z = x.matmul(weightInput).add(s.h().matmul(weightRecurrent)).add(bias); // [B, 4H]
    List<Variable> gates = z.chunk(1, 4);
    Variable i = activations.gate().apply(gates.get(0));
    Variable f = activations.gate().apply(gates.get(1));
    Variable g = activations.candidate().apply(gates.get(2));
    Variable o = activations.gate().apply(gates.get(3));
    Variable c = f.mul(s.c()).add(i.mul(g));
    Variable h = o.mul(activations.output().apply(c));
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
