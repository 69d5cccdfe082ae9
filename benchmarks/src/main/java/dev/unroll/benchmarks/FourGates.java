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

/** An LSTM copied literally from the equations: four gates, eight products. */
record FourGates(int inputSize, int outputSize, Gate i, Gate f, Gate g, Gate o)
    implements Cell<LstmState> {

  /** One gate: {@code x W + h U + b}. */
  record Gate(Parameter w, Parameter u, Parameter b) {
    static Gate of(int in, int out, Init init) {
      return new Gate(
          init.at("w").glorot(in, out, 1), init.at("u").orthogonal(out, 1), init.zeros(out));
    }

    Variable apply(Variable x, Variable h) {
      return x.matmul(w).add(h.matmul(u)).add(b);
    }

    void describe(String name, Parts parts) {
      parts.parameter(name + "W", w).parameter(name + "U", u).parameter(name + "B", b);
    }
  }

  static FourGates of(int in, int out, Init init) {
    return new FourGates(
        in,
        out,
        Gate.of(in, out, init.at("i")),
        Gate.of(in, out, init.at("f")),
        Gate.of(in, out, init.at("g")),
        Gate.of(in, out, init.at("o")));
  }

  @Override
  public LstmState initialState(int batch, DType type) {
    Variable zeros = Cell.zeros(type, batch, outputSize);
    return new LstmState(zeros, zeros);
  }

  @Override
  public Step<LstmState> step(Variable x, LstmState s, Mode mode) {
    Variable in = i.apply(x, s.h()).sigmoid();
    Variable forget = f.apply(x, s.h()).sigmoid();
    Variable candidate = g.apply(x, s.h()).tanh();
    Variable out = o.apply(x, s.h()).sigmoid();
    Variable c = forget.mul(s.c()).add(in.mul(candidate));
    Variable h = out.mul(c.tanh());
    return new Step<>(h, new LstmState(h, c));
  }

  @Override
  public void describe(Parts parts) {
    i.describe("i", parts);
    f.describe("f", parts);
    g.describe("g", parts);
    o.describe("o", parts);
  }
}
