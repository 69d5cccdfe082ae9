package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.function.BinaryOperator;

/**
 * A running pooling that combines the result so far with the next step.
 *
 * @param inputSize H
 * @param start the result of no steps
 * @param operation of the result so far and the next step
 */
record Fold(int inputSize, double start, BinaryOperator<Variable> operation)
    implements Cell<Hidden> {
  @Override
  public int outputSize() {
    return inputSize;
  }

  @Override
  public Hidden initialState(int batch, DType type) {
    return new Hidden(Variable.of(Tensor.full(type, Shape.of(batch, inputSize), start)));
  }

  @Override
  public Step<Hidden> step(Variable x, Hidden state, Mode mode) {
    Variable h = operation.apply(state.h(), x);
    return new Step<>(h, new Hidden(h));
  }

  @Override
  public void describe(Parts parts) {}
}
