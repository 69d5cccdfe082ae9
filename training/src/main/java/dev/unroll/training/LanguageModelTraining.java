package dev.unroll.training;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.data.BatchSource;
import dev.unroll.layers.Losses;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.LanguageModel;
import dev.unroll.layers.recurrent.Stacked;
import dev.unroll.optim.Clipping;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.RandomKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains a language model by truncated backpropagation through time (Williams &amp; Peng 1990,
 * doi:10.1162/neco.1990.2.4.490): gradients flow through one window, the state is carried on to the
 * next without its history.
 */
public final class LanguageModelTraining {
  private final LanguageModel model;
  private final Optimizer optimizer;
  private final BatchSource source;
  private final double maxNorm;
  private final RandomKey key;
  private final Buffers buffers = new Buffers();
  private Stacked.@Nullable Levels state;

  /**
   * Returns a training that has made no step yet.
   *
   * @param optimizer of the model's parameters
   * @param source of windows of tokens
   * @param maxNorm the longest norm of all gradients together: longer ones are shortened
   * @param key of the randomness of training
   */
  public LanguageModelTraining(
      LanguageModel model, Optimizer optimizer, BatchSource source, double maxNorm, RandomKey key) {
    this.model = model;
    this.optimizer = optimizer;
    this.source = source;
    this.maxNorm = maxNorm;
    this.key = key;
  }

  /**
   * What a step found.
   *
   * @param loss mean cross-entropy of the window before the step, in nats for each token
   * @param norm of the gradients before clipping
   * @param tokens how many were predicted
   */
  public record Result(double loss, double norm, int tokens) {}

  /**
   * Makes one step on the next window.
   *
   * @throws ArithmeticException if the gradients are no numbers any more; nothing has moved then
   */
  public Result step() {
    Batch batch = source.next();
    try (Buffers.Scope scope = buffers.open()) {
      return step(batch, scope);
    }
  }

  private Result step(Batch batch, Buffers.Scope scope) {
    int rows = batch.inputs().shape().dim(0);
    Stacked.Levels before = batch.continues() ? state : null;
    Stacked.Levels start = before != null ? before : model.initialState(rows);
    LanguageModel.Prediction p =
        model.apply(
            Variable.of(batch.inputs()), start, Mode.training(key.fold(optimizer.updates())));
    Variable loss = Losses.crossEntropy(p.logits(), batch.targets());
    Map<Parameter, Gradient> gradients = Gradients.of(loss, optimizer.parameters().values());
    Clipping.Clipped clipped = Clipping.globalNorm(gradients, maxNorm);
    optimizer.update(clipped.gradients());
    state = p.state().map(v -> Variable.of(scope.keep(v.value())));
    return new Result(loss.value().item(), clipped.norm(), batch.targets().shape().size());
  }

  /**
   * Returns the mean cross-entropy over one epoch from its beginning, in nats for each token.
   *
   * @param source is left at the end of an epoch
   */
  public static double evaluate(LanguageModel model, BatchSource source) {
    source.seek(0);
    return Variable.withoutGradient(() -> {
      Stacked.Levels state = null;
      double sum = 0;
      long tokens = 0;
      for (long i = 0; i < source.batchesPerEpoch(); i++) {
        Batch batch = source.next();
        if (state == null || !batch.continues()) {
          state = model.initialState(batch.inputs().shape().dim(0));
        }
        LanguageModel.Prediction p =
            model.apply(Variable.of(batch.inputs()), state, Mode.evaluation());
        int n = batch.targets().shape().size();
        sum += n * Losses.crossEntropy(p.logits(), batch.targets()).value().item();
        tokens += n;
        state = p.state();
      }
      return sum / tokens;
    });
  }
}
