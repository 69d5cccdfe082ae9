package dev.unroll.examples.series;

import java.util.Arrays;
import java.util.List;

/** How unusual each value of a series is. */
final class Scores {
  private Scores() {}

  /**
   * Returns how far values are from the mean of those before them, in their standard deviations.
   *
   * @param width how many before
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
   * Returns how far values are outside what was forecast: the distance from the forecast in widths
   * of its interval, as a mean over the last values.
   *
   * @param forecasts of the values from {@code from} on, one step ahead
   * @param width how many of the last values
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
