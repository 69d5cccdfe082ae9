package dev.unroll.training;

import dev.unroll.layers.Layer;
import dev.unroll.tensor.Tensor;
import java.util.Map;

/**
 * The weights that predicted best, which a training without improvement ends with, and the last
 * ones, which it would go on from.
 */
final class BestWeights {
  private final Layer model;
  private Map<String, Tensor> best = Map.of();
  private Map<String, Tensor> last = Map.of();

  BestWeights(Layer model) {
    this.model = model;
  }

  /** Takes note of the weights as they are: they predict better than all before. */
  void remember() {
    remember(model.save());
  }

  void remember(Map<String, Tensor> values) {
    best = values;
  }

  /** Returns whether there are any. */
  boolean areKnown() {
    return !best.isEmpty();
  }

  /** Puts the best weights into the model. */
  void use() {
    if (areKnown() && last.isEmpty()) {
      last = model.save();
      model.load(best).orThrow();
    }
  }

  /** Puts the last weights back. */
  void goOn() {
    if (!last.isEmpty()) {
      model.load(last).orThrow();
      last = Map.of();
    }
  }

  /** Forgets everything: the weights were restored from elsewhere. */
  void forget() {
    best = Map.of();
    last = Map.of();
  }
}
