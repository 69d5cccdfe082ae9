package dev.unroll.models;

import java.util.List;
import java.util.Objects;

/**
 * The future values that a {@link Forecaster} predicts, as quantiles.
 *
 * {@snippet class="snippets.ModelsTest" region="Forecast"}
 *
 * @param levels of the quantiles, ascending, above 0 and below 1
 * @param values of each future step, one for each level
 */
public record Forecast(List<Double> levels, List<List<Double>> values) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a step has not one value for each level
   */
  public Forecast {
    Objects.requireNonNull(levels, "levels").forEach(each -> Objects.requireNonNull(each, "level"));
    levels = List.copyOf(levels);
    Objects.requireNonNull(values, "values").forEach(each -> Objects.requireNonNull(each, "value"));
    values = values.stream().map(List::copyOf).toList();
    for (List<Double> step : values) {
      if (step.size() != levels.size()) {
        throw new IllegalArgumentException(
            "[forecast] expected a value for each of the levels " + levels + ", got " + step);
      }
    }
  }

  /** Returns the number of future steps. */
  public int size() {
    return values.size();
  }

  /**
   * Returns a quantile of each step.
   *
   * @param level one of the levels
   * @throws IllegalArgumentException if it is not
   */
  public List<Double> quantile(double level) {
    int at = levels.indexOf(level);
    if (at < 0) {
      throw new IllegalArgumentException(
          "[forecast] expected one of the levels " + levels + ", got " + level);
    }
    return values.stream().map(step -> step.get(at)).toList();
  }

  /**
   * Returns the median of each step.
   *
   * @throws IllegalArgumentException if 0.5 is not one of the levels
   */
  public List<Double> median() {
    return quantile(0.5);
  }

  @Override
  public String toString() {
    return "Forecast" + levels + values;
  }
}
