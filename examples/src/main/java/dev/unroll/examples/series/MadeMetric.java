package dev.unroll.examples.series;

import dev.unroll.examples.series.Episodes.Span;
import dev.unroll.tensor.RandomKey;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests to a service, every half hour of 200 days: more by day than by night, fewer at weekends,
 * noise of 3%. Five faults are injected: a missing peak, a day shifted by six hours (with ordinary
 * values only), a stuck value, a weekend in the middle of the week, and doubled requests.
 */
final class MadeMetric {
  private static final int DAY = 48;
  private static final int DAYS = 200;
  private static final LocalDateTime BEGIN = LocalDateTime.of(2026, 1, 5, 0, 0); // a Monday
  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private MadeMetric() {}

  /** Returns the series, with noise drawn from the key. */
  static Series of(RandomKey key) {
    List<String> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int t = 0; t < DAYS * DAY; t++) {
      times.add(FORM.format(BEGIN.plusMinutes(30L * t)));
      values.add(Math.rint(value(t) * (1 + 0.03 * key.gaussian(t))));
    }
    for (int t = span(2).from(); t <= span(2).to(); t++) {
      values.set(t, values.get(span(2).from()));
    }
    return new Series("made requests", times, values);
  }

  /** Returns the injected faults. */
  static List<Span> faults() {
    List<Span> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(span(i));
    }
    return all;
  }

  /** Faults are 30 days apart, after the 45th day, each half a day or a day long. */
  private static Span span(int i) {
    int from = (45 + 30 * i) * DAY + (i == 0 ? 16 : 0);
    return new Span(from, from + (i == 0 || i == 2 ? 24 : DAY) - 1);
  }

  private static double value(int t) {
    if (in(0, t)) {
      return normal(t - t % DAY + 12);
    }
    if (in(1, t)) {
      return normal(t - t % DAY + (t + 12) % DAY);
    }
    return in(3, t) ? normal(t) * 0.6 : normal(t) * (in(4, t) ? 2 : 1);
  }

  private static boolean in(int i, int t) {
    return span(i).meets(new Span(t, t));
  }

  private static double normal(int t) {
    double hour = 2 * Math.PI * (t % DAY) / DAY;
    double day = 1000 - 600 * Math.cos(hour) - 200 * Math.cos(2 * hour);
    return t / DAY % 7 >= 5 ? 0.6 * day : day;
  }
}
