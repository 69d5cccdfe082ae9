package dev.unroll.training;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Stacked;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.layers.sequence.decoding.Decoder;
import java.util.List;
import java.util.Objects;

/**
 * Predicts the next token at every step, trained by truncated backpropagation through time
 * (Williams &amp; Peng 1990, doi:10.1162/neco.1990.2.4.490): gradients flow within one window, and
 * the state is carried over to the next, detached.
 *
 * {@snippet class="snippets.TrainingTest" region="LanguageModeling"}
 */
public record LanguageModeling(LanguageModel model, Loss loss) implements Task {

  /** Checks for null. */
  public LanguageModeling {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(loss, "loss");
  }

  /** Minimizes the mean cross-entropy. */
  public LanguageModeling(LanguageModel model) {
    this(model, Loss.crossEntropy());
  }

  @Override
  public Outcome apply(Batch batch, List<Variable> carried, Mode mode) {
    Stacked.Levels start = model.initialState(batch.size());
    Decoder.Prediction<Stacked.Levels> p =
        model.apply(
            Variable.of(batch.inputs()), carried.isEmpty() ? start : start.with(carried), mode);
    return Outcome.of(loss, p.logits(), batch, p.state());
  }
}
