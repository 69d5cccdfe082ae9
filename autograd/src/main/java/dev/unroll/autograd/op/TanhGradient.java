package dev.unroll.autograd.op;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;

/** {@code g (1 - y^2)}: what g sends back through {@code y = tanh(x)}. */
public record TanhGradient() implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.apply(Code.TANH_GRADIENT, in);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    Variable y = in[1];
    Variable d =
        i == 0 ? Variable.apply(new TanhGradient(), g, y) : g.mul(in[0]).mul(y).affine(-2, 0);
    return d.sumTo(in[i].shape());
  }
}
