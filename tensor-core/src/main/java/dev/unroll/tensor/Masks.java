package dev.unroll.tensor;

import java.util.Arrays;
import java.util.Objects;

/**
 * The rule for masks: a mask holds 1 where something counts and 0 where it does not, in any type.
 * Other numbers are refused and not taken as weights.
 */
public final class Masks {
  private Masks() {}

  /**
   * Returns a mask that is one.
   *
   * @param operation a name for messages
   * @param shape that the mask must have
   * @throws IllegalArgumentException if it has another shape, or holds anything but 0 and 1, such
   *     as 0.5 or NaN; the message says where
   */
  public static Tensor checked(String operation, Tensor mask, Shape shape) {
    if (!Objects.requireNonNull(mask, "mask").shape().equals(shape)) {
      throw new IllegalArgumentException(
          "[" + operation + "] expects a mask " + shape + ", given " + mask.shape());
    }
    double[] values = mask.toDoubles();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0 && values[i] != 1) {
        throw new IllegalArgumentException(
            "["
                + operation
                + "] expected a mask of 0 and 1, got "
                + values[i]
                + " at "
                + Arrays.toString(shape.position(i)));
      }
    }
    return mask;
  }
}
