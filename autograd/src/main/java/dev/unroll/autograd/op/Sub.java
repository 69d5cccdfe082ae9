package dev.unroll.autograd.op;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;

/** {@code a - b}. */
public record Sub() implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.apply(Code.SUB, in);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return (i == 0 ? g : g.affine(-1, 0)).sumTo(in[i].shape());
  }
}
