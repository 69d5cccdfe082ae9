package dev.unroll.layers;

import dev.unroll.autograd.Variable;

/** Adapts a block that processes steps independently and preserves their number. */
record Stepwise(Block block) implements SequenceBlock {
  @Override
  public Variable apply(Variable x, Mode mode) {
    return block.apply(x, mode);
  }

  @Override
  public Variable apply(Variable x, int[] lengths, Mode mode) {
    return block.apply(Lengths.filled("block", x, lengths), mode);
  }

  @Override
  public int[] lengths(int... lengths) {
    return lengths;
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("", block);
  }
}
