package dev.unroll.layers.loss;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;

/** The pinball loss of several quantiles. */
final class Quantile {
  private final double[] levels;

  Quantile(double... levels) {
    this.levels = Objects.requireNonNull(levels, "levels").clone();
    if (levels.length == 0 || Arrays.stream(levels).anyMatch(q -> !(q > 0 && q < 1))) {
      throw new IllegalArgumentException(
          "[quantile] expected levels between 0 and 1, got " + Arrays.toString(levels));
    }
  }

  /** Returns the mean over all outputs and levels. */
  Variable of(Variable x, Tensor targets) {
    Shape shape = Objects.requireNonNull(x, "output").shape();
    Objects.requireNonNull(targets, "targets");
    if (shape.rank() == 0
        || shape.dim(-1) != levels.length
        || !shape.without(-1).equals(targets.shape())) {
      throw new IllegalArgumentException(
          "[quantile] expected outputs [..., "
              + levels.length
              + "] and targets [...], got "
              + Shape.join(shape, targets.shape()));
    }
    Tensor each = targets.reshape(targets.shape().insert(targets.shape().rank(), 1).dims());
    Expected t = Expected.values("quantile", x, each.expand(shape));
    Variable q = Variable.of(Tensor.of(Shape.of(levels.length), levels).to(x.type()));
    Variable e = t.values().sub(t.outputs());
    return t.mean(e.mul(q).max(e.mul(q.affine(1, -1))));
  }

  @Override
  public String toString() {
    return "quantile" + Arrays.toString(levels);
  }
}
