package dev.unroll.training;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.Buffers;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The mean loss and its gradients over some predictions.
 *
 * @param count how many; 0 before the first batch
 */
record Pass(double loss, long count, Map<Parameter, Gradient> gradients) {
  static final Pass NOTHING = new Pass(0, 0, Map.of());

  /** Returns the mean over both, each prediction counting alike: a batch may come in parts. */
  Pass plus(Pass other) {
    if (count == 0) {
      return other;
    }
    double share = (double) count / Math.max(1, count + other.count);
    Map<Parameter, Gradient> sum = new LinkedHashMap<>();
    gradients.forEach((p, g) -> sum.put(p, g.scaled(share)));
    other.gradients.forEach((p, g) -> sum.merge(p, g.scaled(1 - share), Gradient::plus));
    return new Pass(share * loss + (1 - share) * other.loss, count + other.count, sum);
  }

  /** Returns the same, to live on when a scope has ended. */
  Pass kept(Buffers.Scope scope) {
    Map<Parameter, Gradient> kept = new LinkedHashMap<>();
    gradients.forEach((p, g) -> kept.put(p, g.withValues(scope.keep(g.values()))));
    return new Pass(loss, count, kept);
  }
}
