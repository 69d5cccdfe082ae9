package dev.unroll.autograd;

import dev.unroll.tensor.Program;

/** {@code scale x + shift}. */
record Affine(double scale, double shift) implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.affine(in[0], scale, shift);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g.affine(scale, 0);
  }
}
