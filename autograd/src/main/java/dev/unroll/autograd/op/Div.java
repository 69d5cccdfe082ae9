package dev.unroll.autograd.op;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;

/** {@code a / b}. */
public record Div() implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.apply(Code.DIV, in);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    Variable d = i == 0 ? g.div(in[1]) : g.mul(out).div(in[1]).affine(-1, 0);
    return d.sumTo(in[i].shape());
  }
}
