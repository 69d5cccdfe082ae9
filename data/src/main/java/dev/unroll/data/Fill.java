package dev.unroll.data;

import java.util.stream.DoubleStream;

/**
 * Replaces the missing values of a column, or of one series in it: by one of these, or by {@link
 * Table#means}.
 */
@FunctionalInterface
public interface Fill {

  /**
   * Returns the values with missing ones replaced.
   *
   * @param column the name of the column
   * @param values a copy, in the order of the rows; NaN is missing
   * @return as many values; those that are still NaN are still missing
   */
  double[] fill(String column, double... values);

  /**
   * Replaces by a constant.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  static Fill constant(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("[fill] expected a finite constant, got " + value);
    }
    return new NamedFill(
        "constant(" + value + ")",
        (_, values) -> DoubleStream.of(values).map(v -> Double.isNaN(v) ? value : v).toArray());
  }

  /**
   * Replaces by the last value before. Values before the first are still missing: fill them by
   * another method next.
   */
  static Fill previous() {
    return new NamedFill(
        "previous",
        (_, values) -> {
          double[] filled = values.clone();
          for (int i = 1; i < filled.length; i++) {
            filled[i] = Double.isNaN(filled[i]) ? filled[i - 1] : filled[i];
          }
          return filled;
        });
  }
}
