package dev.unroll.training;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.layers.loss.LossReduction;
import dev.unroll.tensor.Buffers;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A mean loss and its gradients.
 *
 * @param weight see {@link Outcome}
 * @param predictions the number of targets that are predicted
 * @param gradients those of the mean
 * @param reduction the form of the loss that is minimized
 */
record Pass(
    double loss,
    double weight,
    long predictions,
    Map<Parameter, Gradient> gradients,
    LossReduction reduction) {

  /** Returns the gradients of the loss that is minimized. */
  Map<Parameter, Gradient> minimized() {
    double factor = reduction.ofMean(weight);
    if (factor == 1) {
      return gradients;
    }
    Map<Parameter, Gradient> scaled = new LinkedHashMap<>();
    gradients.forEach((p, g) -> scaled.put(p, g.scaled(factor)));
    return scaled;
  }

  /** Returns the weighted mean of both, for a batch in several parts. */
  Pass plus(Pass other) {
    double both = weight + other.weight;
    double own = Outcome.divisor(weight) / Outcome.divisor(both);
    double others = Outcome.divisor(other.weight) / Outcome.divisor(both);
    Map<Parameter, Gradient> sum = new LinkedHashMap<>();
    gradients.forEach((p, g) -> sum.put(p, g.scaled(own)));
    other.gradients.forEach((p, g) -> sum.merge(p, g.scaled(others), Gradient::plus));
    return new Pass(
        own * loss + others * other.loss, both, predictions + other.predictions, sum, reduction);
  }

  /** Returns a copy that outlives a scope. */
  Pass kept(Buffers.Scope scope) {
    Map<Parameter, Gradient> kept = new LinkedHashMap<>();
    gradients.forEach((p, g) -> kept.put(p, g.withValues(scope.keep(g.values()))));
    return new Pass(loss, weight, predictions, kept, reduction);
  }
}
