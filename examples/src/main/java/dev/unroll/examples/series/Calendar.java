package dev.unroll.examples.series;

import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Calendar features, known in advance: the hour of the day and the day of the week. */
final class Calendar {
  private Calendar() {}

  /** Returns the features of each time; empty lists if the times are not dates with hours. */
  static List<double[]> of(List<String> times) {
    List<double[]> all = new ArrayList<>();
    try {
      for (String t : times) {
        all.add(numbers(LocalDateTime.parse(t.replace(' ', 'T'))));
      }
    } catch (DateTimeParseException e) {
      return List.of();
    }
    return all;
  }

  private static double[] numbers(LocalDateTime t) {
    double[] x = new double[4 + 7];
    double day = 2 * Math.PI * t.toLocalTime().toSecondOfDay() / 86_400;
    x[0] = Math.sin(day);
    x[1] = Math.cos(day);
    x[2] = Math.sin(2 * day);
    x[3] = Math.cos(2 * day);
    x[3 + t.getDayOfWeek().getValue()] = 1;
    return x;
  }
}
