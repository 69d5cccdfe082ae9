package dev.unroll.layers;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;

/** How many steps of each sequence of a batch are valid. */
public final class Lengths {
  private Lengths() {}

  /**
   * Returns 1 for the valid steps and 0 for padding, {@code [B, T]}.
   *
   * @param what a name for messages
   * @param x the shape of the sequences, {@code [B, T, ...]}
   * @param lengths the number of valid steps of each, 0 to T, in any order
   * @throws IllegalArgumentException if there is not one length for each sequence, or one is
   *     outside
   */
  public static Tensor mask(String what, Shape x, DType type, int... lengths) {
    int batch = x.dim(0);
    int steps = x.dim(1);
    if (lengths.length != batch || Arrays.stream(lengths).anyMatch(n -> n < 0 || n > steps)) {
      throw new IllegalArgumentException(
          "["
              + what
              + "] expects "
              + batch
              + " lengths from 0 to "
              + steps
              + ", given "
              + Arrays.toString(lengths));
    }
    float[] mask = new float[batch * steps];
    for (int b = 0; b < batch; b++) {
      Arrays.fill(mask, b * steps, b * steps + lengths[b], 1);
    }
    return Tensor.of(Shape.of(batch, steps), mask).to(type);
  }
}
