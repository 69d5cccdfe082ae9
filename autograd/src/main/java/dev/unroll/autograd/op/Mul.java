package dev.unroll.autograd.op;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Program;

/** {@code a b}. */
public record Mul() implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.mul(in[0], in[1]);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g.mul(in[1 - i]).sumTo(in[i].shape());
  }
}
