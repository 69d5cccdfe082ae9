package dev.unroll.autograd.op;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;

/** The hyperbolic tangent: {@code dy/dx = 1 - y^2}. */
public record Tanh() implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.apply(Code.TANH, in);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return Variable.apply(new TanhGradient(), g, out);
  }
}
