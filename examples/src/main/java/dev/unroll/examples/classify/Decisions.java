package dev.unroll.examples.classify;

import dev.unroll.data.Labels;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The classes of texts, and the predictions of a model.
 *
 * @param truth the class id of each text
 * @param taken the predicted class id
 */
public record Decisions(Labels labels, List<Integer> truth, List<Integer> taken) {
  /** Copies the lists. */
  public Decisions {
    truth = List.copyOf(truth);
    taken = List.copyOf(taken);
  }

  /** Returns the fraction of correct predictions. */
  public double accuracy() {
    return (double) count((t, p) -> t == p) / truth.size();
  }

  /** Returns the F1 score of a class; 0 if there is no true positive. */
  public double f1(int of) {
    long found = count((t, p) -> t == of && p == of);
    long wrong = count((t, p) -> (t == of) != (p == of));
    return found == 0 ? 0 : 2.0 * found / (2.0 * found + wrong);
  }

  private interface Condition {
    boolean holds(int truth, int taken);
  }

  private long count(Condition c) {
    return IntStream.range(0, truth.size())
        .filter(i -> c.holds(truth.get(i), taken.get(i)))
        .count();
  }

  /** Returns the confusion matrix: a row per true class, a column per predicted class. */
  public String confusion() {
    try (Formatter table = new Formatter(Locale.ROOT)) {
      table.format("%-12s", "");
      labels.names().forEach(name -> table.format(" %3s", brief(name)));
      for (int row = 0; row < labels.size(); row++) {
        table.format("%n%-12s", labels.name(row));
        for (int column = 0; column < labels.size(); column++) {
          int is = row;
          int as = column;
          long n = count((t, p) -> t == is && p == as);
          table.format(" %3s", n == 0 ? "." : String.valueOf(n));
        }
      }
      return table.format("%n").toString();
    }
  }

  private static String brief(String name) {
    return name.substring(0, Math.min(3, name.length()));
  }
}
