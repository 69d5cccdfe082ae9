package dev.unroll.examples;

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

/**
 * An example of a custom cell, the update gate network (Collins, Sohl-Dickstein &amp; Sussillo
 * 2017, "Capacity and trainability in recurrent neural networks", arXiv:1611.09913):
 *
 * <pre>
 * [g c] = x W + h U + b
 * h' = sigmoid(g) h + (1 - sigmoid(g)) tanh(c)
 * </pre>
 *
 * @param weightInput W {@code [I, 2H]}, the gate first
 * @param weightRecurrent U {@code [H, 2H]}
 * @param bias b {@code [2H]}
 */
record UpdateGateCell(Parameter weightInput, Parameter weightRecurrent, Parameter bias)
    implements Cell<Hidden> {

  static UpdateGateCell of(int inputSize, int hiddenSize, Init init) {
    return new UpdateGateCell(
        init.at("weightInput").glorot(inputSize, hiddenSize, 2),
        init.at("weightRecurrent").orthogonal(hiddenSize, 2),
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
    Variable z = x.matmul(weightInput).add(s.h().matmul(weightRecurrent)).add(bias); // [B, 2H]
    List<Variable> parts = z.chunk(1, 2);
    Variable g = parts.get(0).sigmoid();
    Variable c = parts.get(1).tanh();
    Variable h = c.add(g.mul(s.h().sub(c)));
    return new Step<>(h, new Hidden(h));
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
