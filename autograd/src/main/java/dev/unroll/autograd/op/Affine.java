package dev.unroll.autograd.op;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Program;

/** {@code scale x + shift}. */
public record Affine(double scale, double shift) implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.affine(in[0], scale, shift);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g.affine(scale, 0);
  }
}
