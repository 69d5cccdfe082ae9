package dev.unroll.autograd.op;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;

/** {@code 1 / (1 + e^-x)}: {@code dy/dx = y (1 - y)}. */
public record Sigmoid() implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.apply(Code.SIGMOID, in);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return Variable.apply(new SigmoidGradient(), g, out);
  }
}
