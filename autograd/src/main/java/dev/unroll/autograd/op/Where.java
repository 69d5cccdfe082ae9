package dev.unroll.autograd.op;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;
import org.jspecify.annotations.Nullable;

/** The second input where the first, a mask, is not 0, else the third. */
public record Where() implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.apply(Code.SELECT, in);
  }

  @Override
  public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
    if (i == 0) {
      return null;
    }
    Variable zero = Variable.scalar(g.type(), 0);
    return (i == 1 ? g.where(in[0], zero) : zero.where(in[0], g)).sumTo(in[i].shape());
  }
}
