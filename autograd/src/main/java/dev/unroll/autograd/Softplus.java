package dev.unroll.autograd;

import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;

/** {@code log(1 + e^x)}. */
record Softplus() implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.apply(Code.SOFTPLUS, in);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g.mul(in[0].sigmoid());
  }
}
