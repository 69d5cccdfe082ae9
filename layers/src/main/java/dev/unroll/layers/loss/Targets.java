package dev.unroll.layers.loss;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * The targets of losses and metrics: int32 class ids, -1 without a target, or values, NaN without a
 * target.
 *
 * {@snippet class="snippets.LossTest" region="Targets"}
 */
public final class Targets {
  private Targets() {}

  /** Returns the number of predicted targets, which are neither -1 (int32) nor NaN. */
  public static long count(Tensor targets) {
    return Objects.requireNonNull(targets, "targets").type() == DType.INT32
        ? Arrays.stream(targets.toInts()).filter(t -> t != Softmax.IGNORED).count()
        : Arrays.stream(targets.toDoubles()).filter(t -> !Double.isNaN(t)).count();
  }

  /**
   * Returns class ids, -1 without a target.
   *
   * @param operation a name for messages
   * @param classes the number of classes
   * @throws IllegalArgumentException if the targets are not int32, or an id is out of range; the
   *     message has its position
   */
  public static int[] ids(String operation, Tensor targets, int classes) {
    int[] ids = ids(operation, targets);
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < Softmax.IGNORED || ids[i] >= classes) {
        throw new IllegalArgumentException(
            "["
                + operation
                + "] expected class ids from 0 to "
                + (classes - 1)
                + ", or -1 for no target, got "
                + at(targets, i));
      }
    }
    return ids;
  }

  static int[] ids(String operation, Tensor targets) {
    if (Objects.requireNonNull(targets, "targets").type() != DType.INT32) {
      throw new IllegalArgumentException(
          "["
              + operation
              + "] expected class ids as int32, got targets "
              + targets.type()
              + targets.shape());
    }
    return targets.toInts();
  }

  /** Names a target and its position: {@code 7 at [0, 2]}. */
  static String at(Tensor targets, int index) {
    String value =
        targets.type() == DType.INT32
            ? String.valueOf(targets.toInts()[index])
            : String.valueOf(targets.toDoubles()[index]);
    return value + " at " + Arrays.toString(targets.shape().position(index));
  }
}
