package dev.unroll.layers.loss;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numeric targets and the outputs that are compared with them.
 *
 * <p>The mask is applied before the loss function, to the outputs too: a gradient of 0 times a
 * derivative at NaN or infinity would be NaN again.
 *
 * @param outputs 0 where there is no target
 * @param values 0 where there is no target
 * @param mask 0 where there is no target, else 1; null if there is a target everywhere
 */
record Expected(Variable outputs, Variable values, @Nullable Variable mask) {

  /** The range of valid targets. */
  interface Range {
    /** Returns whether a target that is not masked is valid. */
    boolean contains(double target);
  }

  /** Masks values, which are NaN where there is no target. */
  static Expected values(String loss, Variable outputs, Tensor targets) {
    if (!Objects.requireNonNull(targets, "targets").type().isFloating()) {
      throw new IllegalArgumentException(
          "[" + loss + "] expected values, got " + targets.type() + targets.shape());
    }
    return of(loss, outputs, targets, "values", t -> true);
  }

  /**
   * Masks values, which are NaN (or -1 for int32) where there is no target.
   *
   * @param expected a description of the range for messages
   */
  static Expected of(String loss, Variable outputs, Tensor targets, String expected, Range range) {
    Shape shape = Objects.requireNonNull(outputs, "output").shape();
    Objects.requireNonNull(targets, "targets");
    if (!shape.equals(targets.shape())) {
      throw new IllegalArgumentException(
          "["
              + loss
              + "] expected outputs and targets of one shape, got "
              + Shape.join(shape, targets.shape()));
    }
    double[] values = targets.toDoubles();
    double[] mask = new double[values.length];
    boolean all = true;
    for (int i = 0; i < values.length; i++) {
      boolean predicted =
          targets.type() == DType.INT32 ? values[i] != Softmax.IGNORED : !Double.isNaN(values[i]);
      if (predicted && !range.contains(values[i])) {
        throw new IllegalArgumentException(
            "[" + loss + "] expected " + expected + ", got " + Targets.at(targets, i));
      }
      mask[i] = predicted ? 1 : 0;
      values[i] = predicted ? values[i] : 0;
      all &= predicted;
    }
    DType type = outputs.type();
    Variable target = Variable.of(Tensor.of(shape, values).to(type));
    if (all) {
      return new Expected(outputs, target, null);
    }
    Variable counts = Variable.of(Tensor.of(shape, mask).to(type));
    return new Expected(outputs.where(counts, Variable.scalar(type, 0)), target, counts);
  }

  /** Returns the mean over the predicted targets, 0 if there are none. */
  Variable mean(Variable losses) {
    if (mask != null) {
      return losses.maskedMean(mask);
    }
    return losses.sum().div(Math.max(1, losses.shape().size()));
  }
}
