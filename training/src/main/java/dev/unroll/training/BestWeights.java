package dev.unroll.training;

import dev.unroll.layers.Layer;
import dev.unroll.tensor.Tensor;
import java.util.Map;

/**
 * The best weights, which a run that stopped improving ends with, and the last weights, from which
 * it can continue.
 */
final class BestWeights {
  private final Layer model;
  private Map<String, Tensor> best = Map.of();
  private Map<String, Tensor> last = Map.of();

  BestWeights(Layer model) {
    this.model = model;
  }

  /** Records the current weights as the best so far. */
  void remember() {
    remember(model.save());
  }

  void remember(Map<String, Tensor> values) {
    best = values;
  }

  /** Returns whether best weights have been recorded. */
  boolean areKnown() {
    return !best.isEmpty();
  }

  /** Loads the best weights into the model. */
  void use() {
    if (areKnown() && last.isEmpty()) {
      last = model.save();
      model.load(best).orThrow();
    }
  }

  /** Restores the last weights. */
  void goOn() {
    if (!last.isEmpty()) {
      model.load(last).orThrow();
      last = Map.of();
    }
  }

  /** Discards everything, since the weights were restored from a checkpoint. */
  void forget() {
    best = Map.of();
    last = Map.of();
  }
}
