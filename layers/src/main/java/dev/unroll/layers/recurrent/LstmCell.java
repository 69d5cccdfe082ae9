package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;

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
 * @param weightInput W {@code [I, 4H]}, the gates in the order i, f, g, o
 * @param weightRecurrent U {@code [H, 4H]}
 * @param bias b {@code [4H]}
 */
public record LstmCell(Parameter weightInput, Parameter weightRecurrent, Parameter bias)
    implements Cell<LstmState> {

  /**
   * Returns a cell with Glorot input weights, orthogonal recurrent ones, and a bias of zero but for
   * the forget gate's, which is 1 (Jozefowicz, Zaremba &amp; Sutskever 2015): it remembers at
   * first.
   */
  public static LstmCell of(int inputSize, int hiddenSize, Init init) {
    double[] bias = new double[4 * hiddenSize];
    java.util.Arrays.fill(bias, hiddenSize, 2 * hiddenSize, 1);
    return new LstmCell(
        init.at("weightInput").glorot(inputSize, hiddenSize, 4),
        init.at("weightRecurrent").orthogonal(hiddenSize, 4),
        new Parameter(Tensor.of(Shape.of(4 * hiddenSize), bias).to(init.type())));
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
    List<Variable> gates = z.chunk(4, 1);
    Variable i = gates.get(0).sigmoid();
    Variable f = gates.get(1).sigmoid();
    Variable g = gates.get(2).tanh();
    Variable o = gates.get(3).sigmoid();
    Variable c = f.mul(s.c()).add(i.mul(g));
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
}
