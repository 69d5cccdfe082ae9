package dev.unroll.tensor;

import java.util.Arrays;
import java.util.Objects;

/**
 * Checks masks: a mask is 1 where an element is included and 0 where it is excluded, in any type.
 * Other values are rejected rather than taken as weights.
 */
public final class Masks {
  private Masks() {}

  /**
   * Returns a mask after checking it.
   *
   * @param operation a name for messages
   * @param shape the required shape
   * @throws IllegalArgumentException if the shape differs, or a value is neither 0 nor 1, such as
   *     0.5 or NaN; the message has its position
   */
  public static Tensor checked(String operation, Tensor mask, Shape shape) {
    if (!Objects.requireNonNull(mask, "mask").shape().equals(shape)) {
      throw new IllegalArgumentException(
          "[" + operation + "] expected a mask " + shape + ", got " + mask.shape());
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
