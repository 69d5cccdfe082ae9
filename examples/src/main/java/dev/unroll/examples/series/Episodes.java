package dev.unroll.examples.series;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Alerts as episodes: those that are close to one another are one. */
final class Episodes {

  /**
   * A time span, both ends in it.
   *
   * @param from the number of its first value
   * @param to the number of its last value
   */
  record Span(int from, int to) {
    boolean meets(Span other) {
      return from <= other.to && other.from <= to;
    }
  }

  private Episodes() {}

  /**
   * Returns the episodes in which scores lie above a threshold.
   *
   * @param from the first score that counts
   * @param gap how many values below it may lie within one episode
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

  /** Returns how many of some spans meet one of the others. */
  static long meeting(List<Span> some, List<Span> others) {
    return some.stream().filter(s -> others.stream().anyMatch(s::meets)).count();
  }

  /**
   * Returns how episodes and faults fit, in the columns of a table.
   *
   * @param asked values that could have been in an episode
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
