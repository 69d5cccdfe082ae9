package dev.unroll.autograd.op;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;

/** The smaller of two; the gradient goes to the first where they are equal. */
public record Min() implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.apply(Code.MIN, in);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    Variable second = in[0].greater(in[1]);
    Variable zero = Variable.scalar(g.type(), 0);
    return (i == 0 ? zero.where(second, g) : g.where(second, zero)).sumTo(in[i].shape());
  }
}
