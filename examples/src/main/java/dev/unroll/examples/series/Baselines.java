package dev.unroll.examples.series;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/** Forecasts that need no network: each is a function of what was seen before an origin. */
@FunctionalInterface
interface Baselines {

  /**
   * Returns the forecast of the values to come.
   *
   * @param seen all values before
   */
  double[] forecast(double[] seen, int horizon);

  /** Everything stays as it is. */
  static Baselines persistence() {
    return (seen, horizon) -> {
      double[] y = new double[horizon];
      Arrays.fill(y, seen[seen.length - 1]);
      return y;
    };
  }

  /** Everything is as it was a season ago. */
  static Baselines seasonal(int season) {
    return (seen, horizon) -> {
      double[] y = new double[horizon];
      for (int h = 0; h < horizon; h++) {
        y[h] = seen[seen.length - season + h % season];
      }
      return y;
    };
  }

  /**
   * Each value is a weighted sum of those before it, the weights by least squares on the training
   * part; later values are forecast from the forecasts of those before them.
   *
   * @param order how many values
   */
  static Baselines autoregressive(double[] training, int order) {
    int rows = training.length - order;
    double[][] x = new double[rows][1 + order];
    for (int i = 0; i < rows; i++) {
      x[i][0] = 1;
      System.arraycopy(training, i, x[i], 1, order);
    }
    // A series that repeats itself has many solutions: the shortest one is taken.
    double[] weights =
        new SingularValueDecomposition(new Array2DRowRealMatrix(x, false))
            .getSolver()
            .solve(new ArrayRealVector(training, order, rows))
            .toArray();
    return (seen, horizon) -> {
      double[] all = Arrays.copyOf(seen, seen.length + horizon);
      for (int t = seen.length; t < all.length; t++) {
        all[t] = weights[0];
        for (int j = 0; j < order; j++) {
          all[t] += weights[1 + j] * all[t - order + j];
        }
      }
      return Arrays.copyOfRange(all, seen.length, all.length);
    };
  }
}
