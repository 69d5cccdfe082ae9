package dev.unroll.layers;

import dev.unroll.autograd.Variable;

/**
 * A block of sequences {@code [B, T, ...]} that reads several steps at once, as a convolution over
 * time does, and must therefore know where each sequence ends. Padding may hold anything, NaN and
 * infinities included: it changes neither a valid step of the result nor a gradient, and the
 * gradient by padding is 0. Each sequence gives what it gives alone.
 */
public interface SequenceBlock extends Block {

  /**
   * Applies the block to sequences of different lengths.
   *
   * @param x {@code [B, T, ...]}
   * @param lengths the number of valid steps of each sequence, 0 to T, in any order
   * @return {@code [B, T', ...]}; after the end of a sequence it means nothing
   * @throws IllegalArgumentException if the block is not defined for the shape of x, or the lengths
   *     do not fit
   */
  Variable apply(Variable x, int[] lengths, Mode mode);

  /**
   * Returns the number of valid steps of each sequence of the result.
   *
   * @param lengths of the sequences that go in
   */
  int[] lengths(int... lengths);

  /**
   * Returns a block as one of sequences. A block that reads each step by itself reads, in place of
   * a padded step, the first step of the sequence: see {@link Lengths#filled(String, Variable,
   * int...)}.
   */
  static SequenceBlock of(Block block) {
    return block instanceof SequenceBlock s ? s : new Stepwise(block);
  }
}
