package dev.unroll.data;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Objects;

/**
 * The data of one training step.
 *
 * @param inputs {@code [B, T, ...]}, one row per sequence; steps after the end of a sequence are
 *     padding
 * @param targets the values to predict: {@code [B, T, ...]}, one per step, or {@code [B, ...]}, one
 *     per sequence; -1 (int32) or NaN where there is no target
 * @param lengths int32 {@code [B]}: the number of valid steps of each sequence
 * @param continues whether each row continues the same row of the previous batch, so that the
 *     network's state is carried over
 */
public record Batch(Tensor inputs, Tensor targets, Tensor lengths, boolean continues) {

  /** Checks for null. */
  public Batch {
    Objects.requireNonNull(inputs, "inputs");
    Objects.requireNonNull(targets, "targets");
    Objects.requireNonNull(lengths, "lengths");
  }

  /** Makes a batch whose sequences all have T steps. */
  public Batch(Tensor inputs, Tensor targets, boolean continues) {
    this(inputs, targets, full(inputs.shape()), continues);
  }

  private static Tensor full(Shape inputs) {
    if (inputs.rank() < 2) {
      throw new IllegalArgumentException("[batch] inputs must be [B, T, ...], given " + inputs);
    }
    return Tensor.full(DType.INT32, Shape.of(inputs.dim(0)), inputs.dim(1));
  }

  /** Returns the number of sequences, B. */
  public int size() {
    return inputs.shape().dim(0);
  }
}
