package dev.unroll.layers.loss;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Targets that are numbers, and the outputs that are compared with them.
 *
 * <p>The mask comes before the formula, on the outputs too: a derivative of 0 that meets the
 * formula's derivative at NaN or infinity would be NaN again.
 *
 * @param outputs 0 where there is nothing to predict
 * @param values 0 where there is nothing to predict
 * @param mask 0 there, else 1; null if everything is predicted
 */
record Expected(Variable outputs, Variable values, @Nullable Variable mask) {

  /** Which targets a loss accepts. */
  interface Range {
    /** Returns whether a target that is not masked is valid. */
    boolean contains(double target);
  }

  /** Takes values, NaN where there is nothing to predict. */
  static Expected values(String loss, Variable outputs, Tensor targets) {
    if (!Objects.requireNonNull(targets, "targets").type().isFloating()) {
      throw new IllegalArgumentException(
          "[" + loss + "] expects values, given " + targets.type() + targets.shape());
    }
    return of(loss, outputs, targets, "values", t -> true);
  }

  /**
   * Takes values, NaN where there is nothing to predict, or int32 ones, -1 there.
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
              + "] expects outputs and targets of one shape: "
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

  /** Returns the mean over what is predicted, 0 if nothing is. */
  Variable mean(Variable losses) {
    if (mask != null) {
      return losses.maskedMean(mask);
    }
    return losses.sum().affine(1.0 / Math.max(1, losses.shape().size()), 0);
  }
}
