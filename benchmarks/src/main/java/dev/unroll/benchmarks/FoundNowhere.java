package dev.unroll.benchmarks;

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

/**
 * A custom cell that no library provides: layer-normalized, with coupled input and forget gates,
 * and an additional tanh.
 *
 * <pre>
 * [i g o] = norm(x W) a + norm(h U) r + b
 * c' = (1 - sigmoid(i)) c + sigmoid(i) tanh(g)
 * h' = sigmoid(o) tanh(c' + tanh(tanh(g)))
 * </pre>
 */
record FoundNowhere(
    Parameter weightInput,
    Parameter weightRecurrent,
    Parameter gainInput,
    Parameter gainRecurrent,
    Parameter bias)
    implements Cell<LstmState> {

  static FoundNowhere of(int in, int out, Init init) {
    return new FoundNowhere(
        init.at("weightInput").glorot(in, out, 3),
        init.at("weightRecurrent").orthogonal(out, 3),
        init.at("gainInput").normal(1, 3 * out),
        init.at("gainRecurrent").normal(1, 3 * out),
        init.zeros(3 * out));
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
    List<Variable> z = in.add(past).add(bias).chunk(1, 3);
    Variable i = z.get(0).sigmoid();
    Variable g = z.get(1).tanh();
    Variable c = s.c().add(i.mul(g.sub(s.c())));
    Variable h = z.get(2).sigmoid().mul(c.add(g.tanh()).tanh());
    return new Step<>(h, new LstmState(h, c));
  }

  @Override
  public void describe(Parts parts) {
    parts
        .parameter("weightInput", weightInput)
        .parameter("weightRecurrent", weightRecurrent)
        .parameter("gainInput", gainInput)
        .parameter("gainRecurrent", gainRecurrent)
        .parameter("bias", bias);
  }
}
