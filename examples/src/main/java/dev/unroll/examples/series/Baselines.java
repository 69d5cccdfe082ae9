package dev.unroll.examples.series;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/** Baseline forecasts: functions of the values before an origin. */
@FunctionalInterface
interface Baselines {

  /**
   * Returns the forecast of the next values.
   *
   * @param seen all values so far
   */
  double[] forecast(double[] seen, int horizon);

  /** Repeats the last value. */
  static Baselines persistence() {
    return seasonal(1);
  }

  /** Repeats the last season. */
  static Baselines seasonal(int season) {
    return (seen, horizon) -> {
      double[] y = new double[horizon];
      Arrays.setAll(y, h -> seen[seen.length - season + h % season]);
      return y;
    };
  }

  /**
   * An autoregressive model, fitted by least squares on the training part; later values are
   * forecast from earlier forecasts.
   *
   * @param order the number of preceding values
   */
  static Baselines autoregressive(double[] training, int order) {
    int rows = training.length - order;
    double[][] x = new double[rows][1 + order];
    for (int i = 0; i < rows; i++) {
      x[i][0] = 1;
      System.arraycopy(training, i, x[i], 1, order);
    }
    // A periodic series has many solutions: the one of minimum norm is chosen.
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
