package dev.unroll.data;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Replaces the missing values of a column, or of one series in it. */
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
   * Replaces by the mean of the column of the same name in another table: that of the training
   * rows, so that nothing of the held-out rows is seen in training.
   *
   * @throws IllegalArgumentException when it is used, if all values of that column are missing
   */
  static Fill mean(Table training) {
    Objects.requireNonNull(training, "training");
    return new NamedFill(
        "mean",
        (column, values) -> {
          double[] known =
              IntStream.range(0, training.size())
                  .mapToDouble(i -> training.number(column, i))
                  .filter(v -> !Double.isNaN(v))
                  .toArray();
          if (known.length == 0) {
            throw new IllegalArgumentException(
                "[fill] expected a mean of column \"" + column + "\", got no values");
          }
          return constant(Arrays.stream(known).average().orElseThrow()).fill(column, values);
        });
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
