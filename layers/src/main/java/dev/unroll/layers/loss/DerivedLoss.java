package dev.unroll.layers.loss;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Tensor;

/** A loss that is made of another one. */
sealed interface DerivedLoss extends Loss {

  /** A loss that prints its name. */
  record Named(String name, Loss formula) implements DerivedLoss {
    @Override
    public Variable of(Variable output, Tensor targets) {
      return formula.of(output, targets);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A loss in another form than its mean. */
  record Reduced(Loss mean, LossReduction reduction) implements DerivedLoss {
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
}
