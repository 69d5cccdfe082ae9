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
 * An LSTM whose sums are normalized over each row (Ba, Kiros &amp; Hinton 2016, "Layer
 * normalization", arXiv:1607.06450, equations 20 to 22):
 *
 * <pre>
 * [i f g o] = norm(x W) a + norm(h U) r + b
 * c' = sigmoid(f) c + sigmoid(i) tanh(g)
 * h' = sigmoid(o) tanh(norm(c') s + t)
 * </pre>
 *
 * {@snippet class="snippets.CellsTest" region="NormalizedLstmCell"}
 *
 * @param weightInput W {@code [I, 4H]}, the gates in the order i, f, g, o
 * @param weightRecurrent U {@code [H, 4H]}
 * @param bias b {@code [4H]}
 * @param gainInput a {@code [4H]}
 * @param gainRecurrent r {@code [4H]}
 * @param gainMemory s {@code [H]}
 * @param biasMemory t {@code [H]}
 */
public record NormalizedLstmCell(
    Parameter weightInput,
    Parameter weightRecurrent,
    Parameter bias,
    Parameter gainInput,
    Parameter gainRecurrent,
    Parameter gainMemory,
    Parameter biasMemory)
    implements Cell<LstmState> {

  /** Checks for null. */
  public NormalizedLstmCell {
    Objects.requireNonNull(weightInput, "weightInput");
    Objects.requireNonNull(weightRecurrent, "weightRecurrent");
    Objects.requireNonNull(bias, "bias");
    Objects.requireNonNull(gainInput, "gainInput");
    Objects.requireNonNull(gainRecurrent, "gainRecurrent");
    Objects.requireNonNull(gainMemory, "gainMemory");
    Objects.requireNonNull(biasMemory, "biasMemory");
  }

  /** Returns a cell initialized as by {@link LstmCell#of}, with gains of 1. */
  public static NormalizedLstmCell of(int inputSize, int hiddenSize, Init init) {
    Objects.requireNonNull(init, "init");
    return new NormalizedLstmCell(
        init.at("weightInput").glorot(inputSize, hiddenSize, 4),
        init.at("weightRecurrent").orthogonal(hiddenSize, 4),
        init.at("bias").forgetBias(hiddenSize),
        init.at("gainInput").full(1, 4 * hiddenSize),
        init.at("gainRecurrent").full(1, 4 * hiddenSize),
        init.at("gainMemory").full(1, hiddenSize),
        init.at("biasMemory").zeros(hiddenSize));
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
    Variable in = x.matmul(weightInput).normalized().mul(gainInput);
    Variable past = s.h().matmul(weightRecurrent).normalized().mul(gainRecurrent);
    List<Variable> gates = in.add(past).add(bias).chunk(1, 4);
    Variable i = gates.get(0).sigmoid();
    Variable f = gates.get(1).sigmoid();
    Variable g = gates.get(2).tanh();
    Variable o = gates.get(3).sigmoid();
    Variable c = f.mul(s.c()).add(i.mul(g));
    Variable h = o.mul(c.normalized().mul(gainMemory).add(biasMemory).tanh());
    return new Step<>(h, new LstmState(h, c));
  }

  @Override
  public void describe(Parts parts) {
    parts
        .parameter("weightInput", weightInput)
        .parameter("weightRecurrent", weightRecurrent)
        .parameter("bias", bias)
        .parameter("gainInput", gainInput)
        .parameter("gainRecurrent", gainRecurrent)
        .parameter("gainMemory", gainMemory)
        .parameter("biasMemory", biasMemory);
  }

  @Override
  public String toString() {
    return Cell.text(this);
  }
}
