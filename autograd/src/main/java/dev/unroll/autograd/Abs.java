package dev.unroll.autograd;

import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;

/** The absolute value. */
record Abs() implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.apply(Code.ABS, in);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g.mul(Variable.apply(new Sign(), in[0]));
  }
}
