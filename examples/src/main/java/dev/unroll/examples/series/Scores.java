package dev.unroll.examples.series;

import java.util.Arrays;
import java.util.List;

/** Anomaly scores of the values of a series. */
final class Scores {
  private Scores() {}

  /**
   * Returns the z-scores of values with respect to the preceding ones.
   *
   * @param width the number of preceding values
   */
  static double[] moving(double[] values, int width) {
    double[] scores = new double[values.length];
    for (int t = width; t < values.length; t++) {
      double[] before = Arrays.copyOfRange(values, t - width, t);
      double mean = Arrays.stream(before).average().orElseThrow();
      double variance =
          Arrays.stream(before).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      scores[t] = Math.abs(values[t] - mean) / Math.sqrt(variance + 1e-12);
    }
    return scores;
  }

  /**
   * Returns forecast errors in units of the interval's width, averaged over the last values.
   *
   * @param forecasts of the values from {@code from} on, one step ahead
   * @param width the number of averaged values
   */
  static double[] forecastErrors(
      double[] values, List<double[]> forecasts, int from, int width, double floor) {
    double[] errors = new double[values.length];
    double[] scores = new double[values.length];
    double sum = 0;
    for (int t = from; t < values.length; t++) {
      double[] said = forecasts.get(t - from);
      errors[t] = Math.abs(values[t] - said[1]) / Math.max(floor, said[2] - said[0]);
      sum += errors[t] - (t >= from + width ? errors[t - width] : 0);
      scores[t] = sum / Math.min(width, t - from + 1);
    }
    return scores;
  }
}
