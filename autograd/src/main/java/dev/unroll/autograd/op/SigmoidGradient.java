package dev.unroll.autograd.op;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;

/** {@code g y (1 - y)}: what g sends back through {@code y = sigmoid(x)}. */
public record SigmoidGradient() implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.apply(Code.SIGMOID_GRADIENT, in);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    Variable y = in[1];
    Variable d =
        i == 0 ? Variable.apply(new SigmoidGradient(), g, y) : g.mul(in[0]).mul(y.affine(-2, 1));
    return d.sumTo(in[i].shape());
  }
}
