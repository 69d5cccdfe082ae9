package dev.unroll.training;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.sequence.ManyToMany;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.SequenceToSequence;
import dev.unroll.layers.sequence.decoding.Decoder;
import java.util.List;
import java.util.Objects;

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

  /**
   * Returns the task of predicting one target per sequence: the model reads the inputs of a batch
   * up to their lengths.
   */
  static Task of(ManyToOne model, Loss loss) {
    Objects.requireNonNull(model, "model");
    return of(
        (batch, mode) -> model.apply(Variable.of(batch.inputs()), batch.lengths().toInts(), mode),
        loss);
  }

  /**
   * Returns the task of predicting one target per step: the model reads the inputs of a batch up to
   * their lengths.
   */
  static Task of(ManyToMany model, Loss loss) {
    Objects.requireNonNull(model, "model");
    return of(
        (batch, mode) -> model.apply(Variable.of(batch.inputs()), batch.lengths().toInts(), mode),
        loss);
  }

  /**
   * Returns the task of predicting a sequence from another one, by teacher forcing: the model reads
   * the inputs of a batch up to their lengths, and at each token of the targets those before it.
   *
   * @param begin the token that precedes the first: see {@link Decoder#teacherForced}
   */
  static Task of(SequenceToSequence<?> model, int begin, Loss loss) {
    Objects.requireNonNull(model, "model");
    return of(
        (batch, mode) ->
            model.apply(
                Variable.of(batch.inputs()),
                batch.lengths().toInts(),
                Decoder.teacherForced(batch.targets(), begin),
                mode),
        loss);
  }
}
