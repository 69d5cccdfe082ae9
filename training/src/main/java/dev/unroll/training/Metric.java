package dev.unroll.training;

import dev.unroll.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;

/**
 * How good predictions are. A metric turns each batch into a few sums, and the sums over all
 * batches into a number: so that batches of different sizes count as they should.
 */
public interface Metric {

  /** Returns the name under which the number is reported. */
  String name();

  /** Returns what a batch adds to the sums, always as many numbers. */
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
   * @param loss the mean over {@code count} predictions
   * @param output logits {@code [..., V]}, or values
   * @param targets class numbers {@code [...]}, -1 where there is nothing to predict; or values,
   *     NaN where there is nothing to predict
   */
  record Observation(double loss, long count, Tensor output, Tensor targets) {}

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
        o -> new double[] {o.count() * o.loss(), o.count()},
        s -> f.applyAsDouble(s[0] / s[1]));
  }

  /** Returns the share of predictions whose largest logit is that of the target. */
  static Metric accuracy() {
    return new Sums("accuracy", true, Decisions::right, s -> s[0] / s[1]);
  }

  /**
   * Returns the share of a class among what was taken for it: {@code tp / (tp + fp)}; 0 if nothing
   * was.
   */
  static Metric precision(int of) {
    return new Sums(
        "precision of class " + of,
        true,
        o -> Decisions.of(of, o),
        s -> Decisions.ratio(s[0], s[0] + s[1]));
  }

  /** Returns the share of a class that was found: {@code tp / (tp + fn)}; 0 if there is none. */
  static Metric recall(int of) {
    return new Sums(
        "recall of class " + of,
        true,
        o -> Decisions.of(of, o),
        s -> Decisions.ratio(s[0], s[0] + s[2]));
  }

  /** Returns the harmonic mean of both: {@code 2 tp / (2 tp + fp + fn)}. */
  static Metric f1(int of) {
    return new Sums(
        "F1",
        true,
        o -> Decisions.of(of, o),
        s -> Decisions.ratio(2 * s[0], 2 * s[0] + s[1] + s[2]));
  }

  /** Returns the mean absolute error of values. */
  static Metric mae() {
    return new Sums("MAE", false, o -> Errors.sums(o, Math::abs), s -> s[0] / s[1]);
  }

  /** Returns the root of the mean squared error of values. */
  static Metric rmse() {
    return new Sums("RMSE", false, o -> Errors.sums(o, e -> e * e), s -> Math.sqrt(s[0] / s[1]));
  }
}
