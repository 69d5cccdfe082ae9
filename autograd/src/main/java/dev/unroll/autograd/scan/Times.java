package dev.unroll.autograd.scan;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;

/**
 * The steps of a run in time.
 *
 * @param steps T
 * @param isAscending whether the first step of the run is the first in time
 * @param indices of the steps, in the order of time: int32 {@code [T]}
 */
record Times(int steps, boolean isAscending, Tensor indices) {

  /**
   * Returns the steps of a run.
   *
   * @param offset the index of the first step in time
   */
  static Times of(int steps, boolean isAscending, int offset) {
    int[] t = new int[steps];
    Arrays.setAll(t, i -> offset + i);
    return new Times(steps, isAscending, Tensor.of(Shape.of(steps), t).to(DType.INT32));
  }

  /** Returns the place in time of a step of the run, from 0. */
  int at(int step) {
    return isAscending ? step : steps - 1 - step;
  }
}
