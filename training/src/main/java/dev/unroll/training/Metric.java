package dev.unroll.training;

import dev.unroll.tensor.Tensor;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * A measure of the quality of predictions. A metric reduces each batch to a few sums, and the sums
 * over all batches to a value, so that batches are weighted by their size.
 *
 * {@snippet class="snippets.TrainingTest" region="Metric"}
 */
public interface Metric {

  /** Returns the name under which the value is reported; different metrics have different names. */
  String name();

  /** Returns the contribution of a batch to the sums, whose number is the same for every batch. */
  double[] sums(Observation o);

  /** Returns the value of the metric for the accumulated sums. */
  double value(double[] sums);

  /** Returns whether one value is better than another: by default, whether it is smaller. */
  default boolean isBetter(double value, double other) {
    return value < other;
  }

  /**
   * The result of applying a model to a batch.
   *
   * @param loss the mean over the predictions
   * @param weight the weight of the loss relative to other batches: see {@link Outcome}
   * @param output logits {@code [..., V]}, or values
   * @param targets int32 class ids {@code [...]}, or values; -1 or NaN where there is no target
   */
  record Observation(double loss, double weight, Tensor output, Tensor targets) {
    /** Checks for null. */
    public Observation {
      Objects.requireNonNull(output, "output");
      Objects.requireNonNull(targets, "targets");
    }
  }

  /** Returns the mean loss. */
  static Metric loss() {
    return mean("loss", x -> x);
  }

  /** Returns {@code exp(loss)}, for a loss in nats. */
  static Metric perplexity() {
    return mean("perplexity", Math::exp);
  }

  /** Returns {@code loss / ln 2}, for a loss in nats per character. */
  static Metric bitsPerCharacter() {
    return mean("bits per character", x -> x / Math.log(2));
  }

  private static Metric mean(String name, DoubleUnaryOperator f) {
    return new Sums(
        name,
        false,
        o -> new double[] {Outcome.divisor(o.weight()) * o.loss(), o.weight()},
        s -> f.applyAsDouble(s[0] / s[1]));
  }

  /**
   * Returns the fraction of predictions whose largest logit is that of the target; a prediction
   * with a NaN logit, or only -Infinity, is wrong.
   */
  static Metric accuracy() {
    return new Sums(
        "accuracy", true, o -> Decisions.right(o.output(), o.targets()), s -> s[0] / s[1]);
  }

  /**
   * Returns the fraction of predictions of a class that are correct: {@code tp / (tp + fp)}; 0 if
   * it was never predicted.
   *
   * @param of the id of the class, at least 0
   */
  static Metric precision(int of) {
    return ofClass("precision", of, s -> Decisions.ratio(s[0], s[0] + s[1]));
  }

  /**
   * Returns the fraction of a class that was predicted correctly: {@code tp / (tp + fn)}; 0 if the
   * class does not occur.
   *
   * @param of the id of the class, at least 0
   */
  static Metric recall(int of) {
    return ofClass("recall", of, s -> Decisions.ratio(s[0], s[0] + s[2]));
  }

  /**
   * Returns the harmonic mean of {@link #precision} and {@link #recall}: {@code 2 tp / (2 tp + fp +
   * fn)}; 0 if the class neither occurs nor is predicted.
   *
   * @param of the id of the class, at least 0
   */
  static Metric f1(int of) {
    return ofClass("F1", of, s -> Decisions.ratio(2 * s[0], 2 * s[0] + s[1] + s[2]));
  }

  private static Metric ofClass(String name, int of, ToDoubleFunction<double[]> value) {
    if (of < 0) {
      throw new IllegalArgumentException(
          "[metric] expected the id of a class, at least 0, got " + of + " for " + name);
    }
    return new Sums(
        name + " of class " + of, true, o -> Decisions.of(of, o.output(), o.targets()), value);
  }

  /** Returns the mean absolute error of values. */
  static Metric mae() {
    return new Sums(
        "MAE", false, o -> Errors.sums(o.output(), o.targets(), Math::abs), s -> s[0] / s[1]);
  }

  /** Returns the root of the mean squared error of values. */
  static Metric rmse() {
    return new Sums(
        "RMSE",
        false,
        o -> Errors.sums(o.output(), o.targets(), e -> e * e),
        s -> Math.sqrt(s[0] / s[1]));
  }

  /**
   * Returns the fraction of values whose absolute error is below a tolerance.
   *
   * @param tolerance above 0
   */
  static Metric within(double tolerance) {
    if (!(tolerance > 0)) {
      throw new IllegalArgumentException("[metric] expected a tolerance above 0, got " + tolerance);
    }
    return new Sums(
        "within " + tolerance,
        true,
        o -> Errors.sums(o.output(), o.targets(), e -> Math.abs(e) < tolerance ? 1 : 0),
        s -> s[0] / s[1]);
  }
}
