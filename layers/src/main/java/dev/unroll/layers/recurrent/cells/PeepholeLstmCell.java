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
 * An LSTM whose gates also read the memory (Gers &amp; Schmidhuber 2000, "Recurrent nets that time
 * and count", doi:10.1109/IJCNN.2000.861302):
 *
 * <pre>
 * [i f g o] = x W + h U + b
 * c' = sigmoid(f + p_f c) c + sigmoid(i + p_i c) tanh(g)
 * h' = sigmoid(o + p_o c') tanh(c')
 * </pre>
 *
 * {@snippet class="snippets.CellsTest" region="PeepholeLstmCell"}
 *
 * @param weightInput W {@code [I, 4H]}, the gates in the order i, f, g, o
 * @param weightRecurrent U {@code [H, 4H]}
 * @param bias b {@code [4H]}
 * @param peepholes p {@code [3H]}, in the order i, f, o
 * @param activations sigmoid, tanh and tanh above
 */
public record PeepholeLstmCell(
    Parameter weightInput,
    Parameter weightRecurrent,
    Parameter bias,
    Parameter peepholes,
    Activations activations)
    implements Cell<LstmState> {

  /** Checks for null. */
  public PeepholeLstmCell {
    Objects.requireNonNull(weightInput, "weightInput");
    Objects.requireNonNull(weightRecurrent, "weightRecurrent");
    Objects.requireNonNull(bias, "bias");
    Objects.requireNonNull(peepholes, "peepholes");
    Objects.requireNonNull(activations, "activations");
  }

  /** Returns a cell initialized as by {@link LstmCell#of}, with peepholes of zero. */
  public static PeepholeLstmCell of(int inputSize, int hiddenSize, Init init) {
    Objects.requireNonNull(init, "init");
    return new PeepholeLstmCell(
        init.at("weightInput").glorot(inputSize, hiddenSize, 4),
        init.at("weightRecurrent").orthogonal(hiddenSize, 4),
        init.at("bias").forgetBias(hiddenSize),
        init.at("peepholes").zeros(3 * hiddenSize),
        Activations.usual());
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
    List<Variable> p = peepholes.chunk(0, 3);
    Variable i = activations.gate().apply(gates.get(0).add(p.get(0).mul(s.c())));
    Variable f = activations.gate().apply(gates.get(1).add(p.get(1).mul(s.c())));
    Variable g = activations.candidate().apply(gates.get(2));
    Variable c = f.mul(s.c()).add(i.mul(g));
    Variable o = activations.gate().apply(gates.get(3).add(p.get(2).mul(c)));
    Variable h = o.mul(activations.output().apply(c));
    return new Step<>(h, new LstmState(h, c));
  }

  @Override
  public void describe(Parts parts) {
    parts
        .parameter("weightInput", weightInput)
        .parameter("weightRecurrent", weightRecurrent)
        .parameter("bias", bias)
        .parameter("peepholes", peepholes);
  }

  @Override
  public String toString() {
    return Cell.text(this);
  }
}
