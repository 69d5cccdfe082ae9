package dev.unroll.training;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.Mode;
import java.util.List;

/**
 * How a model reads a batch, and what is to be made small: all that a {@link Trainer} knows about a
 * model.
 *
 * <pre>{@code
 * Task classify = (batch, carried, mode) -> {
 *   Variable logits = model.apply(batch, mode);
 *   return Outcome.of(Loss.crossEntropy().of(logits, batch.targets()), logits, batch);
 * };
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
}
