package dev.unroll.autograd;

import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;

/** {@code e^x}. */
record Exp() implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.apply(Code.EXP, in);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g.mul(out);
  }
}
