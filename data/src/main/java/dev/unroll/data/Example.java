package dev.unroll.data;

import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/**
 * A sequence, and what is to be predicted from it.
 *
 * @param input {@code [T, ...]}
 * @param target of any shape: a class number {@code []}, one for each step {@code [T, ...]}, the
 *     values to come {@code [horizon, variables]}
 */
public record Example(Tensor input, Tensor target) {

  /** Checks that the input is a sequence. */
  public Example {
    if (input.shape().rank() == 0) {
      throw new IllegalArgumentException("[example] the input must be [T, ...], given []");
    }
  }

  /**
   * Returns codes, and the number of the class that they belong to.
   *
   * @param target -1 if nobody knows
   */
  public static Example of(int[] codes, int target) {
    return new Example(sequence(codes), Tensor.of(Shape.of(), new int[] {target}));
  }

  /** Returns codes, and what is to be put out: a tag for each, or other codes. */
  public static Example of(int[] codes, int[] targets) {
    return new Example(sequence(codes), sequence(targets));
  }

  private static Tensor sequence(int... codes) {
    return Tensor.of(Shape.of(codes.length), codes);
  }

  /** Returns the number of steps, T. */
  public int length() {
    return input.shape().dim(0);
  }
}
