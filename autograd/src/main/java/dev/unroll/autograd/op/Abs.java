package dev.unroll.autograd.op;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;

/** The absolute value. */
public record Abs() implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.apply(Code.ABS, in);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g.mul(Variable.apply(new Sign(), in[0]));
  }
}
