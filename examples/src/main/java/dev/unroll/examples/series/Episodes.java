package dev.unroll.examples.series;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Merges alerts that are close to each other into episodes. */
final class Episodes {

  /**
   * A time span, inclusive.
   *
   * @param from the index of its first value
   * @param to the index of its last value
   */
  record Span(int from, int to) {
    boolean meets(Span other) {
      return from <= other.to && other.from <= to;
    }
  }

  private Episodes() {}

  /**
   * Returns the episodes in which scores exceed a threshold.
   *
   * @param from the index of the first score considered
   * @param gap the maximum number of consecutive values below the threshold within an episode
   */
  static List<Span> above(double threshold, double[] scores, int from, int gap) {
    List<Span> spans = new ArrayList<>();
    for (int t = from; t < scores.length; t++) {
      if (scores[t] > threshold) {
        boolean goesOn = !spans.isEmpty() && t - spans.getLast().to <= gap;
        spans.add(new Span(goesOn ? spans.removeLast().from : t, t));
      }
    }
    return spans;
  }

  /** Returns the number of spans that overlap one of the others. */
  static long meeting(List<Span> some, List<Span> others) {
    return some.stream().filter(s -> others.stream().anyMatch(s::meets)).count();
  }

  /**
   * Compares episodes with faults, as columns of a table.
   *
   * @param asked the number of values considered
   */
  static String compare(int asked, List<Span> faults, List<Span> episodes) {
    return String.format(
        Locale.ROOT,
        "%2d of %d %15d %9.1f%%",
        meeting(faults, episodes),
        faults.size(),
        episodes.size() - meeting(episodes, faults),
        100.0 * episodes.stream().mapToInt(e -> e.to - e.from + 1).sum() / asked);
  }
}
