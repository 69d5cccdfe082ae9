package dev.unroll.training;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.loss.LossReduction;
import dev.unroll.layers.recurrent.State;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Objects;

/**
 * The result of applying a model to a batch.
 *
 * {@snippet class="snippets.TrainingTest" region="Outcome"}
 *
 * @param loss the mean over the predictions, {@code []}
 * @param output the logits or values that metrics compare with the targets
 * @param targets the targets; -1 (class ids) or NaN (values) where nothing is predicted
 * @param weight the weight of the loss relative to other batches, as returned by {@link
 *     Loss#weight}; if 0, the loss is an undivided sum
 * @param carried the variables of the state that the next batch starts from; empty if batches are
 *     independent
 * @param reduction the form of the loss whose gradients a {@link Trainer} uses; reports have the
 *     mean all the same
 */
public record Outcome(
    Variable loss,
    Variable output,
    Tensor targets,
    double weight,
    List<Variable> carried,
    LossReduction reduction) {

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
    Objects.requireNonNull(carried, "carried").forEach(v -> Objects.requireNonNull(v, "carried"));
    Objects.requireNonNull(reduction, "reduction");
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

  /** Makes an outcome whose mean is minimized. */
  public Outcome(
      Variable loss, Variable output, Tensor targets, double weight, List<Variable> carried) {
    this(loss, output, targets, weight, carried, LossReduction.mean());
  }

  /** Returns the outcome of an independent batch. */
  public static Outcome of(Loss loss, Variable output, Batch batch) {
    return of(loss, output, batch, List.of());
  }

  /** Returns the outcome of a batch whose state is carried over. */
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
        loss.mean().of(output, targets),
        output,
        loss.predicted(targets),
        loss.weight(targets),
        carried,
        loss.reduction());
  }

  /** Returns the divisor by which a sum becomes a mean of this weight. */
  static double divisor(double weight) {
    return weight == 0 ? 1 : weight;
  }
}
