package dev.unroll.training;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The result of a {@link RateRange} test.
 *
 * {@snippet class="snippets.RateRangeTest" region="RateCurve"}
 *
 * @param rates the learning rate of each update, ascending
 * @param losses the loss before each update, as many
 */
public record RateCurve(List<Double> rates, List<Double> losses) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if their sizes differ, or rates are not above 0 and ascending
   */
  public RateCurve {
    Objects.requireNonNull(rates, "rates").forEach(r -> Objects.requireNonNull(r, "rate"));
    Objects.requireNonNull(losses, "losses").forEach(l -> Objects.requireNonNull(l, "losses"));
    if (rates.size() != losses.size()) {
      throw new IllegalArgumentException(
          "[rateCurve] expected as many rates as losses, got "
              + rates.size()
              + " and "
              + losses.size());
    }
    for (int i = 0; i < rates.size(); i++) {
      if (!(rates.get(i) > (i == 0 ? 0 : rates.get(i - 1)))) {
        throw new IllegalArgumentException(
            "[rateCurve] expected rates above 0 and ascending, got " + rates);
      }
    }
    rates = List.copyOf(rates);
    losses = List.copyOf(losses);
  }

  /**
   * Returns the losses, each as the mean of those around it: of a tenth of all, fewer at both ends.
   */
  public List<Double> smoothed() {
    int radius = Math.max(1, losses.size() / 20);
    Double[] means = new Double[losses.size()];
    for (int i = 0; i < means.length; i++) {
      int reach = Math.min(radius, Math.min(i, means.length - 1 - i)); // As far on both sides.
      means[i] =
          losses.subList(i - reach, i + reach + 1).stream()
              .mapToDouble(l -> l)
              .average()
              .orElseThrow();
    }
    return List.of(means);
  }

  /**
   * Returns the rate at which the smoothed loss falls fastest over the logarithm of the rate; empty
   * if it falls nowhere.
   */
  public OptionalDouble suggestion() {
    List<Double> means = smoothed();
    double steepest = 0;
    OptionalDouble at = OptionalDouble.empty();
    for (int i = 1; i + 1 < means.size(); i++) {
      double slope =
          (means.get(i + 1) - means.get(i - 1)) / Math.log(rates.get(i + 1) / rates.get(i - 1));
      if (slope < steepest) {
        steepest = slope;
        at = OptionalDouble.of(rates.get(i));
      }
    }
    return at;
  }

  /** Returns the number of updates, the range of the rates and the suggestion. */
  @Override
  public String toString() {
    String range =
        rates.isEmpty()
            ? ""
            : String.format(Locale.ROOT, " from %.2e to %.2e", rates.getFirst(), rates.getLast());
    OptionalDouble rate = suggestion();
    String best =
        rate.isPresent() ? String.format(Locale.ROOT, "%.2e", rate.getAsDouble()) : "none";
    return "RateCurve[" + rates.size() + " updates" + range + ", suggestion " + best + "]";
  }
}
