package dev.unroll.autograd;

import dev.unroll.tensor.Program;

/**
 * The input itself, in a place of its own.
 *
 * @param number tells copies of one input apart
 */
record Same(int number) implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.affine(in[0], 1, 0);
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g;
  }
}
