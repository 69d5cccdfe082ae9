package dev.unroll.examples.series;

/** Accumulates forecast errors. */
final class Accuracy {
  private double absolute;
  private double squared;
  private double relative;
  private int n;

  void add(double forecast, double came) {
    double error = Math.abs(forecast - came);
    double size = Math.abs(forecast) + Math.abs(came);
    absolute += error;
    squared += error * error;
    relative += size > 0 ? 2 * error / size : 0;
    n++;
  }

  /** Returns the mean absolute error. */
  double mae() {
    return absolute / n;
  }

  /** Returns the root of the mean squared error. */
  double rmse() {
    return Math.sqrt(squared / n);
  }

  /** Returns the symmetric mean absolute percentage error (Makridakis 1993), in percent. */
  double smape() {
    return 100 * relative / n;
  }
}
