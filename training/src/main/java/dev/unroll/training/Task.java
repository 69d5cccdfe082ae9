package dev.unroll.training;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import java.util.List;

/**
 * Applies a model to a batch and computes the loss to minimize: all that a {@link Trainer} needs to
 * know about a model.
 *
 * {@snippet class="snippets.TrainingTest" region="Task"}
 */
@FunctionalInterface
public interface Task {
  /**
   * Applies the model.
   *
   * @param carried {@link Outcome#carried} of the previous batch; empty where {@link
   *     Batch#continues} is false
   */
  Outcome apply(Batch batch, List<Variable> carried, Mode mode);

  /** Applies a model to an independent batch. */
  @FunctionalInterface
  interface Answer {
    /** Returns the output that the loss compares with the targets. */
    Variable of(Batch batch, Mode mode);
  }

  /** Returns the task of predicting the targets of independent batches. */
  static Task of(Answer answer, Loss loss) {
    return new AnswerTask(answer, loss);
  }
}
