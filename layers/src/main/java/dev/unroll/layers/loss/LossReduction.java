package dev.unroll.layers.loss;

import java.util.Objects;

/**
 * The form in which the errors of a batch become a loss: their mean or their sum, times a factor.
 *
 * {@snippet class="snippets.LossTest" region="LossReduction"}
 *
 * @param of the mean or the sum
 * @param factor above 0 and finite
 */
public record LossReduction(Of of, double factor) {
  private static final LossReduction MEAN = new LossReduction(Of.MEAN, 1);

  /** A mean or a sum. */
  public enum Of {
    /** The weighted mean over the predicted targets. */
    MEAN,
    /** The weighted sum over the predicted targets. */
    SUM
  }

  /**
   * Checks the factor.
   *
   * @throws IllegalArgumentException if it is not above 0 and finite
   */
  public LossReduction {
    Objects.requireNonNull(of, "of");
    if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "[loss] expected a factor above 0 and finite, got " + factor);
    }
  }

  /** Returns the mean. */
  public static LossReduction mean() {
    return MEAN;
  }

  /** Returns the ratio of a loss of this form to the mean over targets of a weight. */
  public double ofMean(double weight) {
    return of == Of.MEAN || weight == 0 ? factor : factor * weight; // 0: it is a sum already.
  }
}
