package dev.unroll.training;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import java.util.List;
import java.util.Objects;

/**
 * How a model reads a batch, and what is to be made small: all that a {@link Trainer} knows about a
 * model.
 *
 * <pre>{@code
 * Task classify =
 *     Task.of(
 *         (batch, mode) ->
 *             model.apply(Variable.of(batch.inputs()), batch.lengths().toInts(), mode),
 *         Loss.crossEntropy());
 * }</pre>
 */
@FunctionalInterface
public interface Task {
  /**
   * Applies the model.
   *
   * @param carried what {@link Outcome#carried} was for the batch before; empty at a beginning,
   *     where {@link Batch#continues} is false
   */
  Outcome apply(Batch batch, List<Variable> carried, Mode mode);

  /** Reads a batch that has nothing to do with the one before. */
  @FunctionalInterface
  interface Answer {
    /** Returns what the loss compares with the targets. */
    Variable of(Batch batch, Mode mode);
  }

  /** Returns the task to answer as the targets of each batch do. */
  static Task of(Answer answer, Loss loss) {
    Objects.requireNonNull(answer, "answer");
    Objects.requireNonNull(loss, "loss");
    return (batch, carried, mode) -> Outcome.of(loss, answer.of(batch, mode), batch);
  }
}
