package dev.unroll.training;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.State;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Objects;

/**
 * What a model makes of a batch.
 *
 * @param loss the mean over what is predicted, {@code []}
 * @param output what metrics compare with the targets: logits, or values
 * @param targets -1 (class ids) or NaN (values) where nothing is predicted
 * @param weight of the mean beside those of other batches, as {@link Loss#weight} returns it. If it
 *     is 0, the loss is a sum that was divided by nothing
 * @param carried the variables of the state that the next batch begins with; empty if batches have
 *     nothing to do with each other
 */
public record Outcome(
    Variable loss, Variable output, Tensor targets, double weight, List<Variable> carried) {

  /**
   * Checks the loss and its weight, and copies the list.
   *
   * @throws IllegalArgumentException if the loss has several elements, or the weight is negative or
   *     not finite
   */
  public Outcome {
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(targets, "targets");
    Objects.requireNonNull(carried, "carried");
    if (loss.shape().size() != 1) {
      throw new IllegalArgumentException(
          "[outcome] expected a loss of one element, got " + loss.shape());
    }
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "[outcome] expected a weight that is finite and at least 0, got " + weight);
    }
    carried = List.copyOf(carried);
  }

  /** Returns the outcome of a batch that has nothing to do with the next. */
  public static Outcome of(Loss loss, Variable output, Batch batch) {
    return of(loss, output, batch, List.of());
  }

  /** Returns the outcome of a batch whose state is carried on. */
  public static Outcome of(Loss loss, Variable output, Batch batch, State<?> state) {
    Objects.requireNonNull(state, "state");
    return of(loss, output, batch, state.variables());
  }

  private static Outcome of(Loss loss, Variable output, Batch batch, List<Variable> carried) {
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(batch, "batch");
    Tensor targets = batch.targets();
    return new Outcome(
        loss.of(output, targets), output, loss.predicted(targets), loss.weight(targets), carried);
  }

  /** Returns what a mean of this weight is multiplied by to have the sum again. */
  static double divisor(double weight) {
    return weight == 0 ? 1 : weight;
  }
}
