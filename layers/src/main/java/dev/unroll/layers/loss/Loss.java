package dev.unroll.layers.loss;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Tensor;

/**
 * What training makes small: a mean over what is predicted, and never over padding. Where there is
 * nothing to predict, targets hold -1 (class numbers) or NaN (values), as batches of examples do by
 * themselves; such places count neither in the sum nor in the number, and nothing flows back from
 * them. If there is nothing at all to predict, a loss is 0.
 *
 * <pre>{@code
 * Variable loss = Loss.crossEntropy().of(logits, targets);
 * }</pre>
 */
@FunctionalInterface
public interface Loss {

  /**
   * Returns the loss, of rank 0.
   *
   * @param output what the model puts out
   * @param targets what it should have
   * @throws IllegalArgumentException if the shapes do not fit, or a target is outside
   */
  Variable of(Variable output, Tensor targets);

  /**
   * Returns the cross-entropy of logits {@code [..., V]} with class numbers {@code [...]}, in nats.
   */
  static CrossEntropy crossEntropy() {
    return CrossEntropy.PLAIN;
  }

  /**
   * Returns the cross-entropy of logits with probabilities of the same shape (or 0 and 1, as int32
   * too), in nats: {@code log(1 + e^x) - x target}.
   */
  static Loss binaryCrossEntropy() {
    return (x, targets) -> {
      Expected t = Expected.of("binaryCrossEntropy", x.shape(), x.type(), targets);
      return t.mean(x.softplus().sub(x.mul(t.values())));
    };
  }

  /** Returns the mean squared error, {@code (x - target)^2}. */
  static Loss mse() {
    return (x, targets) -> {
      Expected t = Expected.values("mse", x, targets);
      Variable e = x.sub(t.values());
      return t.mean(e.mul(e));
    };
  }

  /** Returns the mean absolute error, {@code |x - target|}. */
  static Loss mae() {
    return (x, targets) -> {
      Expected t = Expected.values("mae", x, targets);
      return t.mean(x.sub(t.values()).abs());
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
      Variable e = x.sub(t.values()).abs();
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
