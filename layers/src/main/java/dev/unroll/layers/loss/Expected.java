package dev.unroll.layers.loss;

import dev.unroll.autograd.Composites;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/**
 * Targets that are numbers.
 *
 * @param values 0 where there is nothing to predict
 * @param mask 0 there, else 1
 */
record Expected(Variable values, Variable mask) {

  /** Takes values, NaN where there is nothing to predict. */
  static Expected values(String loss, Variable x, Tensor targets) {
    if (!targets.type().isFloating()) {
      throw new IllegalArgumentException(
          "[" + loss + "] expects values, given " + targets.type() + targets.shape());
    }
    return of(loss, x.shape(), x.type(), targets);
  }

  /** Takes values, NaN where there is nothing to predict, or int32 ones, -1 there. */
  static Expected of(String loss, Shape shape, DType type, Tensor targets) {
    if (!shape.equals(targets.shape())) {
      throw new IllegalArgumentException(
          "["
              + loss
              + "] expects outputs and targets of one shape: "
              + Shape.join(shape, targets.shape()));
    }
    double[] values = targets.toDoubles();
    double[] mask = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      boolean nothing = targets.type().isFloating() ? Double.isNaN(values[i]) : values[i] < 0;
      mask[i] = nothing ? 0 : 1;
      values[i] = nothing ? 0 : values[i];
    }
    return new Expected(
        Variable.of(Tensor.of(shape, values).to(type)),
        Variable.of(Tensor.of(shape, mask).to(type)));
  }

  /** Returns the mean over what is predicted. */
  Variable mean(Variable losses) {
    return Composites.maskedMean(losses, mask);
  }
}
