package dev.unroll.data;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/**
 * What one step of training reads.
 *
 * @param inputs {@code [B, T, ...]}, a row for each sequence; what lies behind the end of one is
 *     padding
 * @param targets what is to be predicted: {@code [B, T, ...]}, one at each step, or {@code [B,
 *     ...]}, one for each sequence; -1 (int32) or NaN where there is nothing to predict
 * @param lengths int32 {@code [B]}: the valid steps of each sequence
 * @param continues whether each row goes on where that of the batch before ended, so that the state
 *     of the network is carried over
 */
public record Batch(Tensor inputs, Tensor targets, Tensor lengths, boolean continues) {

  /** Makes a batch whose sequences all have T steps. */
  public Batch(Tensor inputs, Tensor targets, boolean continues) {
    this(inputs, targets, full(inputs.shape()), continues);
  }

  private static Tensor full(Shape inputs) {
    if (inputs.rank() < 2) {
      throw new IllegalArgumentException("[batch] inputs must be [B, T, ...], given " + inputs);
    }
    return Tensor.full(DType.INT32, inputs.dim(1), Shape.of(inputs.dim(0)));
  }

  /** Returns the number of sequences, B. */
  public int size() {
    return inputs.shape().dim(0);
  }
}
