package dev.unroll.examples.series;

import java.util.List;

/**
 * A time series.
 *
 * @param name the name of the series
 * @param times the time of each value, as in the file
 * @param values the values
 */
record Series(String name, List<String> times, List<Double> values) {
  /** Copies the lists. */
  Series {
    times = List.copyOf(times);
    values = List.copyOf(values);
  }

  double[] array() {
    return values.stream().mapToDouble(v -> v).toArray();
  }
}
