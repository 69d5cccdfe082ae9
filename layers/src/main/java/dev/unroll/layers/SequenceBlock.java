package dev.unroll.layers;

import dev.unroll.autograd.Variable;

/**
 * A block of sequences {@code [B, T, ...]} that combines several steps, such as a convolution over
 * time, and therefore must know where each sequence ends. Padding may have any value, NaN and
 * infinities included: it affects neither a valid step of the result nor a gradient, and its own
 * gradient is 0. The result of a sequence does not depend on the others.
 *
 * {@snippet class="snippets.LayersTest" region="SequenceBlock"}
 */
public interface SequenceBlock extends Block {

  /**
   * Applies the block to sequences of different lengths.
   *
   * @param x {@code [B, T, ...]}
   * @param lengths the number of valid steps of each sequence, 0 to T, in any order
   * @return {@code [B, T', ...]}; undefined after the end of a sequence
   * @throws IllegalArgumentException if the block is not defined for the shape of x, or the lengths
   *     do not match
   */
  Variable apply(Variable x, int[] lengths, Mode mode);

  /**
   * Returns the number of valid steps of each sequence of the result.
   *
   * @param lengths the lengths of the input sequences
   */
  int[] lengths(int... lengths);

  /**
   * Adapts a block to sequences. A block that processes steps independently receives, in place of a
   * padded step, the first step of the sequence: see {@link Lengths#filled(String, Variable,
   * int[])}.
   */
  static SequenceBlock of(Block block) {
    return block instanceof SequenceBlock s ? s : new Stepwise(block);
  }
}
