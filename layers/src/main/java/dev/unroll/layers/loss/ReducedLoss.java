package dev.unroll.layers.loss;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Tensor;

/** A loss in another form than its mean. */
record ReducedLoss(Loss mean, LossReduction reduction) implements Loss {
  @Override
  public Variable of(Variable output, Tensor targets) {
    return mean.of(output, targets).mul(reduction.ofMean(weight(targets)));
  }

  @Override
  public double weight(Tensor targets) {
    return mean.weight(targets);
  }

  @Override
  public Tensor predicted(Tensor targets) {
    return mean.predicted(targets);
  }

  @Override
  public String toString() {
    String of = reduction.of() == LossReduction.Of.SUM ? ".summed()" : "";
    return mean + of + (reduction.factor() == 1 ? "" : ".times(" + reduction.factor() + ")");
  }
}
