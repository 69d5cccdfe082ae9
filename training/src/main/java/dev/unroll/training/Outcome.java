package dev.unroll.training;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.recurrent.State;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * What a model makes of a batch.
 *
 * @param loss the mean over what is predicted, {@code []}
 * @param output what metrics compare with the targets: logits, or values
 * @param count how many predictions the loss is the mean of: the weight of the batch
 * @param carried the variables of the state that the next batch begins with; empty if batches have
 *     nothing to do with each other
 */
public record Outcome(Variable loss, Variable output, long count, List<Variable> carried) {

  /** Returns the outcome of a batch that has nothing to do with the next. */
  public static Outcome of(Variable loss, Variable output, Batch batch) {
    return new Outcome(loss, output, predictions(batch.targets()), List.of());
  }

  /** Returns the outcome of a batch whose state is carried on. */
  public static Outcome of(Variable loss, Variable output, Batch batch, State<?> state) {
    return new Outcome(loss, output, predictions(batch.targets()), state.variables());
  }

  /** Counts the targets that are not padding: those that are not -1, or not NaN. */
  private static long predictions(Tensor targets) {
    return targets.type() == DType.INT32
        ? Arrays.stream(targets.toInts()).filter(t -> t != Softmax.IGNORED).count()
        : Arrays.stream(targets.toDoubles()).filter(t -> !Double.isNaN(t)).count();
  }
}
