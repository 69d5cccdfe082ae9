package dev.unroll.autograd.op;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;

/** The square root. */
public record Sqrt() implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.apply(Code.SQRT, in);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g.div(out).affine(0.5, 0);
  }
}
