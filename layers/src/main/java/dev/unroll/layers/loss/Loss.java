package dev.unroll.layers.loss;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Tensor;

/**
 * A loss function: the mean of an error over the predicted targets, never over padding, unless
 * {@link #summed} or {@link #times} changes its form. Targets of -1 (class ids) or NaN (values)
 * mark positions without a target, as in batches of examples; these are excluded from both the sum
 * and the count. Outputs there may be NaN or infinite, and receive no gradient. Without any target,
 * a loss is 0.
 *
 * {@snippet class="snippets.LossTest" region="Loss"}
 *
 * <p>A custom loss is a function of both:
 *
 * {@snippet class="snippets.LossTest" region="custom"}
 *
 * <p>A loss also defines the weight of its mean, so that a batch may be split: the mean of a batch
 * is the mean of its parts, weighted by {@link #weight}.
 */
@FunctionalInterface
public interface Loss {

  /**
   * Returns the loss, of rank 0.
   *
   * @param output the model's output
   * @param targets the targets
   * @throws IllegalArgumentException if the shapes do not match, or a target has the wrong type or
   *     is out of range
   */
  Variable of(Variable output, Tensor targets);

  /**
   * Returns the weight of the mean over these targets relative to others, at least 0: the number of
   * predicted targets, unless the loss has weights.
   *
   * @param targets as passed to {@link #of}
   */
  default double weight(Tensor targets) {
    return Targets.count(predicted(targets));
  }

  /**
   * Returns the form of this loss: the mean, unless {@link #summed} or {@link #times} changed it.
   */
  default LossReduction reduction() {
    return LossReduction.mean();
  }

  /** Returns this loss as a mean, which metrics report whatever is minimized. */
  default Loss mean() {
    return this;
  }

  /**
   * Returns this loss as a sum over the predicted targets, each by its weight, in place of the
   * mean. A loss summed over the steps of each sequence and averaged over sequences, as in many
   * papers, is {@code times(steps)}.
   */
  default Loss summed() {
    return new DerivedLoss.Reduced(
        mean(), new LossReduction(LossReduction.Of.SUM, reduction().factor()));
  }

  /**
   * Returns this loss times a factor.
   *
   * @param factor above 0 and finite
   */
  default Loss times(double factor) {
    LossReduction now = reduction();
    return new DerivedLoss.Reduced(mean(), new LossReduction(now.of(), now.factor() * factor));
  }

  /**
   * Returns the targets for metrics: -1 or NaN at all positions that this loss ignores, including
   * those that it marks in another way.
   *
   * @param targets as passed to {@link #of}
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
    return new DerivedLoss.Named(
        "binaryCrossEntropy",
        (x, targets) -> {
          Expected e =
              Expected.of(
                  "binaryCrossEntropy",
                  x,
                  targets,
                  "probabilities in [0, 1]",
                  t -> t >= 0 && t <= 1);
          return e.mean(e.outputs().softplus().sub(e.outputs().mul(e.values())));
        });
  }

  /** Returns the mean squared error, {@code (x - target)^2}. */
  static Loss mse() {
    return new DerivedLoss.Named(
        "mse",
        (x, targets) -> {
          Expected t = Expected.values("mse", x, targets);
          Variable e = t.outputs().sub(t.values());
          return t.mean(e.mul(e));
        });
  }

  /** Returns the mean absolute error, {@code |x - target|}. */
  static Loss mae() {
    return new DerivedLoss.Named(
        "mae",
        (x, targets) -> {
          Expected t = Expected.values("mae", x, targets);
          return t.mean(t.outputs().sub(t.values()).abs());
        });
  }

  /**
   * Returns the Huber loss, which is quadratic for small errors and linear for large ones: {@code
   * e^2 / 2} up to {@code delta}, {@code delta (|e| - delta / 2)} beyond (Huber 1964,
   * doi:10.1214/aoms/1177703732).
   *
   * @param delta the threshold between the two, above 0
   */
  static Loss huber(double delta) {
    if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("[huber] delta must be above 0, not " + delta);
    }
    return new DerivedLoss.Named(
        "huber(" + delta + ")",
        (x, targets) -> {
          Expected t = Expected.values("huber", x, targets);
          Variable e = t.outputs().sub(t.values()).abs();
          Variable small = e.min(Variable.scalar(x.type(), delta));
          return t.mean(small.mul(e.sub(small.mul(0.5))));
        });
  }

  /**
   * Returns the quantile (pinball) loss, {@code max(q e, (q - 1) e)} with {@code e = target - x}
   * (Koenker &amp; Bassett 1978, doi:10.2307/1913643), as a mean over the levels too.
   *
   * @param levels each q, between 0 and 1: outputs are {@code [..., Q]}, targets {@code [...]}
   */
  static Loss quantile(double... levels) {
    Quantile q = new Quantile(levels);
    return new DerivedLoss.Named(q.toString(), q::of);
  }
}
