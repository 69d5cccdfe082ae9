package dev.unroll.data;

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

  /** Returns the number of steps, T. */
  public int length() {
    return input.shape().dim(0);
  }
}
