package dev.unroll.training;

import dev.unroll.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * How good predictions are. A metric turns each batch into a few sums, and the sums over all
 * batches into a number: so that batches of different sizes count as they should.
 */
public interface Metric {

  /** Returns the name under which the number is reported: of two metrics, two different ones. */
  String name();

  /** Returns what a batch adds to the sums: the same number of sums for every batch. */
  double[] sums(Observation o);

  /** Returns the metric of what was added up. */
  double value(double[] sums);

  /** Returns whether one value is better than another: smaller, unless it says otherwise. */
  default boolean isBetter(double value, double other) {
    return value < other;
  }

  /**
   * What a model made of a batch.
   *
   * @param loss the mean over what is predicted
   * @param weight of this mean beside those of other batches: see {@link Outcome}
   * @param output logits {@code [..., V]}, or values
   * @param targets int32 class ids {@code [...]}, -1 where there is nothing to predict; or values,
   *     NaN where there is nothing to predict
   */
  record Observation(double loss, double weight, Tensor output, Tensor targets) {}

  /** Returns the mean loss. */
  static Metric loss() {
    return mean("loss", x -> x);
  }

  /** Returns {@code exp(loss)}, for a loss in nats. */
  static Metric perplexity() {
    return mean("perplexity", Math::exp);
  }

  /** Returns {@code loss / ln 2}, for a loss in nats for each character. */
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
   * Returns the rate of predictions whose largest logit is that of the target; where a logit is
   * NaN, or all are -Infinity, a prediction is wrong.
   */
  static Metric accuracy() {
    return new Sums(
        "accuracy", true, o -> Decisions.right(o.output(), o.targets()), s -> s[0] / s[1]);
  }

  /**
   * Returns the fraction of correct ones among the predictions of a class: {@code tp / (tp + fp)};
   * 0 if it was never predicted.
   *
   * @param of the id of the class, at least 0
   */
  static Metric precision(int of) {
    return ofClass("precision", of, s -> Decisions.ratio(s[0], s[0] + s[1]));
  }

  /**
   * Returns the fraction of a class that was found: {@code tp / (tp + fn)}; 0 if there is none.
   *
   * @param of the id of the class, at least 0
   */
  static Metric recall(int of) {
    return ofClass("recall", of, s -> Decisions.ratio(s[0], s[0] + s[2]));
  }

  /**
   * Returns the harmonic mean of {@link #precision} and {@link #recall}: {@code 2 tp / (2 tp + fp +
   * fn)}; 0 if there is nothing of the class.
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
}
