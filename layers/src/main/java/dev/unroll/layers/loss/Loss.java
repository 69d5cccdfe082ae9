package dev.unroll.layers.loss;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Tensor;

/**
 * What training minimizes: a mean over what is predicted, and never over padding. Where there is
 * nothing to predict, targets hold -1 (class ids) or NaN (values), as batches of examples do by
 * themselves; such positions count neither in the sum nor in the number. Outputs there may be NaN
 * or infinite, and receive no gradient. If nothing is predicted, a loss is 0.
 *
 * <pre>{@code
 * Variable loss = Loss.crossEntropy().of(logits, targets);
 * }</pre>
 *
 * <p>A loss also says how much its mean weighs, so that a batch may come in parts: the mean of a
 * batch is the mean of its parts by {@link #weight}.
 */
@FunctionalInterface
public interface Loss {

  /**
   * Returns the loss, of rank 0.
   *
   * @param output of the model
   * @param targets that the output is compared with
   * @throws IllegalArgumentException if the shapes do not fit, or a target has the wrong type or is
   *     outside its range
   */
  Variable of(Variable output, Tensor targets);

  /**
   * Returns the weight of the mean over these targets beside the means over others, 0 or more: the
   * number of targets that are predicted, unless a loss weighs them.
   *
   * @param targets as given to {@link #of}
   */
  default double weight(Tensor targets) {
    return Targets.count(predicted(targets));
  }

  /**
   * Returns the targets as metrics see them: -1 or NaN wherever this loss predicts nothing, also
   * where it has a mark of its own.
   *
   * @param targets as given to {@link #of}
   */
  default Tensor predicted(Tensor targets) {
    return targets;
  }

  /**
   * Returns the cross-entropy of logits {@code [..., V]} with int32 class ids {@code [...]}, in
   * nats.
   */
  static CrossEntropy crossEntropy() {
    return CrossEntropy.PLAIN;
  }

  /**
   * Returns the cross-entropy of logits with probabilities of the same shape, in nats: {@code log(1
   * + e^x) - x target}. Targets are in [0, 1], or 0 and 1 as int32.
   */
  static Loss binaryCrossEntropy() {
    return (x, targets) -> {
      Expected e =
          Expected.of(
              "binaryCrossEntropy", x, targets, "probabilities in [0, 1]", t -> t >= 0 && t <= 1);
      return e.mean(e.outputs().softplus().sub(e.outputs().mul(e.values())));
    };
  }

  /** Returns the mean squared error, {@code (x - target)^2}. */
  static Loss mse() {
    return (x, targets) -> {
      Expected t = Expected.values("mse", x, targets);
      Variable e = t.outputs().sub(t.values());
      return t.mean(e.mul(e));
    };
  }

  /** Returns the mean absolute error, {@code |x - target|}. */
  static Loss mae() {
    return (x, targets) -> {
      Expected t = Expected.values("mae", x, targets);
      return t.mean(t.outputs().sub(t.values()).abs());
    };
  }

  /**
   * Returns the error that is squared where it is small and absolute where it is large: {@code e^2
   * / 2} up to {@code delta}, {@code delta (|e| - delta / 2)} beyond (Huber 1964,
   * doi:10.1214/aoms/1177703732).
   *
   * @param delta where one becomes the other, above 0
   */
  static Loss huber(double delta) {
    if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("[huber] delta must be above 0, not " + delta);
    }
    return (x, targets) -> {
      Expected t = Expected.values("huber", x, targets);
      Variable e = t.outputs().sub(t.values()).abs();
      Variable small = e.min(Variable.scalar(x.type(), delta));
      return t.mean(small.mul(e.sub(small.affine(0.5, 0))));
    };
  }

  /**
   * Returns the loss whose minimum are quantiles, {@code max(q e, (q - 1) e)} with {@code e =
   * target - x} (Koenker &amp; Bassett 1978, doi:10.2307/1913643), as a mean over the levels too.
   *
   * @param levels each q, between 0 and 1: outputs are {@code [..., Q]}, targets {@code [...]}
   */
  static Loss quantile(double... levels) {
    return new Quantile(levels);
  }
}
