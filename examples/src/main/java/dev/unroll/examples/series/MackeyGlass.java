package dev.unroll.examples.series;

import dev.unroll.tensor.RandomKey;
import java.util.ArrayList;
import java.util.List;

/**
 * A chaotic series: blood cells whose number depends on what it was 17 days before, {@code dx/dt =
 * 0.2 x(t - 17) / (1 + x(t - 17)^10) - 0.1 x} (Mackey &amp; Glass 1977,
 * doi:10.1126/science.267326), by Euler steps of a tenth, sampled every third day, with noise of
 * 1%.
 */
final class MackeyGlass {
  private static final int DELAY = 170;
  private static final int EACH = 30;
  private static final int BEFORE = 3000;

  private MackeyGlass() {}

  /** Returns the series, with noise drawn from the key. */
  static Series of(int n, RandomKey key) {
    double[] x = new double[BEFORE + n * EACH + 1];
    x[0] = 1.2;
    for (int i = 1; i < x.length; i++) {
      double delayed = i > DELAY ? x[i - 1 - DELAY] : 0;
      x[i] = x[i - 1] + 0.1 * (0.2 * delayed / (1 + Math.pow(delayed, 10)) - 0.1 * x[i - 1]);
    }
    List<String> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      times.add(String.valueOf(i));
      values.add(x[BEFORE + i * EACH] * (1 + 0.01 * key.gaussian(i)));
    }
    return new Series("Mackey-Glass", times, values);
  }
}
