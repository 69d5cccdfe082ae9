package dev.unroll.data;

import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Objects;

/**
 * A sequence and its target.
 *
 * @param input {@code [T, ...]}
 * @param target of any shape: a class id {@code []}, one target per step {@code [T, ...]}, future
 *     values {@code [horizon, variables]}
 */
public record Example(Tensor input, Tensor target) {

  /** Checks that the input is a sequence. */
  public Example {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(target, "target");
    if (input.shape().rank() == 0) {
      throw new IllegalArgumentException("[example] the input must be [T, ...], given []");
    }
  }

  /**
   * Returns a sequence of ids and its class.
   *
   * @param target the class id; -1 if unknown
   */
  public static Example of(int[] ids, int target) {
    return new Example(sequence(ids), Tensor.of(Shape.of(), new int[] {target}));
  }

  /** Returns a sequence of ids and its target sequence: one tag per id, or other ids. */
  public static Example of(int[] ids, int[] targets) {
    return new Example(sequence(ids), sequence(targets));
  }

  private static Tensor sequence(int... ids) {
    return Tensor.of(Shape.of(ids.length), ids);
  }

  /** Returns the number of steps, T. */
  public int length() {
    return input.shape().dim(0);
  }
}
